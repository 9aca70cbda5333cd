import { MemoryTransformStream } from './memory-transform-stream.ts';

export class MemoryTextDecoderStream extends MemoryTransformStream<Uint8Array, string> {
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;

  constructor(label = 'utf-8', options: { fatal?: boolean; ignoreBOM?: boolean } = {}) {
    const { fatal = false, ignoreBOM = false } = options;
    const decoder = new TextDecoder(label, { fatal, ignoreBOM });
    super({
      transform(bytes, controller) {
        const text = decoder.decode(bytes, { stream: true });
        if (text !== '') controller.enqueue(text);
      },
      flush(controller) {
        const text = decoder.decode();
        if (text !== '') controller.enqueue(text);
      },
    });
    this.encoding = decoder.encoding;
    this.fatal = fatal;
    this.ignoreBOM = ignoreBOM;
  }
}
