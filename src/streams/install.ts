import { MemoryReadableStream } from './memory-readable-stream.ts';
import { MemoryTextDecoderStream } from './memory-text-decoder-stream.ts';
import { MemoryTextEncoderStream } from './memory-text-encoder-stream.ts';
import { MemoryTransformStream } from './memory-transform-stream.ts';

// What `[define]` in wrangler.toml puts in the place of the four bare names. Without that block nothing looks here. It must be the
// entry's first import: modules after it extend these classes while they load. The platform's own globals stay as they are.
Reflect.set(globalThis, 'inMemoryStreams', {
  ReadableStream: MemoryReadableStream,
  TransformStream: MemoryTransformStream,
  TextDecoderStream: MemoryTextDecoderStream,
  TextEncoderStream: MemoryTextEncoderStream,
});
