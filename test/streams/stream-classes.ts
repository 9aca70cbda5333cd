import { MemoryReadableStream } from '../../src/streams/memory-readable-stream.ts';
import { MemoryTextDecoderStream } from '../../src/streams/memory-text-decoder-stream.ts';
import { MemoryTextEncoderStream } from '../../src/streams/memory-text-encoder-stream.ts';
import { MemoryTransformStream } from '../../src/streams/memory-transform-stream.ts';

type Items<T> = AsyncIterable<T> | Iterable<T | Promise<T>>;

/** With what TypeScript's own types leave out. */
export interface StreamClasses {
  ReadableStream: typeof ReadableStream & { from<T>(items: Items<T>): ReadableStream<T> };
  TransformStream: typeof TransformStream & {
    new <I = unknown, O = I>(transformer: { cancel(reason: unknown): unknown }): TransformStream<I, O>;
  };
  TextDecoderStream: typeof TextDecoderStream;
  TextEncoderStream: typeof TextEncoderStream;
}

export const platform = asStandard({ ReadableStream, TransformStream, TextDecoderStream, TextEncoderStream });

export const memory = asStandard({
  ReadableStream: MemoryReadableStream,
  TransformStream: MemoryTransformStream,
  TextDecoderStream: MemoryTextDecoderStream,
  TextEncoderStream: MemoryTextEncoderStream,
});

/** The cast is the claim that these tests examine. */
function asStandard(classes: Record<keyof StreamClasses, unknown>): StreamClasses {
  return classes as StreamClasses;
}
