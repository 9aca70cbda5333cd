import { MemoryReadableStream } from './memory-readable-stream.ts';

/** A platform stream as one in memory: the SDK's classes can then be piped from it. It is locked when it is first read or cancelled. */
export function fromPlatform<T>(stream: ReadableStream<T>): MemoryReadableStream<T> {
  let reader: ReadableStreamDefaultReader<T> | undefined;
  return new MemoryReadableStream<T>({
    async pull(controller) {
      reader ??= stream.getReader();
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => (reader ?? stream).cancel(reason),
  });
}
