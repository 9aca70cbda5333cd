import { MemoryReadableStream } from './memory-readable-stream.ts';
import { platformStreams } from './platform-streams.ts';

/** For `new Response(...)`, a request's body and whatever else the platform reads itself: it does not know streams in memory. */
export function toPlatform<T>(stream: MemoryReadableStream<T> | ReadableStream<T>): ReadableStream<T> {
  if (!isInMemory(stream)) return stream;
  const reader = stream.getReader();
  return new platformStreams.ReadableStream<T>({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

function isInMemory<T>(stream: MemoryReadableStream<T> | ReadableStream<T>): stream is MemoryReadableStream<T> {
  return MemoryReadableStream.coreOf(stream) !== undefined;
}
