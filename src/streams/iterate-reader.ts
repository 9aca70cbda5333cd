import type { MemoryReader } from './memory-reader.ts';

/** `for await` over a stream. Leaving the loop early cancels the stream, unless that is not wanted. */
export function iterateReader<T>(reader: MemoryReader<T>, preventCancel: boolean): AsyncIterableIterator<T, undefined> {
  let ended = false;
  const end = () => {
    ended = true;
    reader.releaseLock();
    return { done: true as const, value: undefined };
  };
  return {
    async next() {
      if (ended) return { done: true, value: undefined };
      try {
        const result = await reader.read();
        return result.done ? end() : result;
      } catch (error) {
        end();
        throw error;
      }
    },
    async return() {
      if (ended) return { done: true, value: undefined };
      const cancelled = preventCancel ? undefined : reader.cancel();
      const result = end();
      await cancelled;
      return result;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
