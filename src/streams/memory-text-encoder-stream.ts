import { MemoryTransformStream } from './memory-transform-stream.ts';

export class MemoryTextEncoderStream extends MemoryTransformStream<string, Uint8Array> {
  readonly encoding = 'utf-8';

  constructor() {
    const encoder = new TextEncoder();
    let cut = '';
    super({
      // A character of two halves that two chunks share is put together first.
      transform(text, controller) {
        const whole = cut + text;
        cut = /[\uD800-\uDBFF]$/.exec(whole)?.[0] ?? '';
        const bytes = encoder.encode(whole.slice(0, whole.length - cut.length));
        if (bytes.length > 0) controller.enqueue(bytes);
      },
      flush(controller) {
        if (cut !== '') controller.enqueue(encoder.encode(cut));
      },
    });
  }
}
