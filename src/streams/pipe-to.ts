import type { MemoryReader } from './memory-reader.ts';

/** What is used of a writable stream, in memory or of the platform. */
export interface WritableSide<T> {
  getWriter(): {
    readonly ready: Promise<unknown>;
    readonly closed: Promise<unknown>;
    write(chunk: T): Promise<unknown>;
    close(): Promise<unknown>;
    abort(reason?: unknown): Promise<unknown>;
    releaseLock(): void;
  };
}

export interface PipeOptions {
  preventClose?: boolean;
  preventAbort?: boolean;
  preventCancel?: boolean;
  signal?: AbortSignal;
}

/** Writes all that is read, and carries the end of either side to the other. Rejects with what ended it. */
export async function pipeTo<T>(
  reader: MemoryReader<T>,
  writable: WritableSide<T>,
  options: PipeOptions,
): Promise<void> {
  const { signal, preventClose = false, preventAbort = false, preventCancel = false } = options;
  const writer = writable.getWriter();
  let ended: { error: unknown } | undefined;

  const cancelSource = (error: unknown) => (preventCancel ? undefined : ignore(reader.cancel(error)));
  const abortTarget = (error: unknown) => (preventAbort ? undefined : ignore(writer.abort(error)));
  /** A read that waits is woken by the release of the reader. */
  const endWith = (error: unknown) => {
    if (ended) return;
    ended = { error };
    void cancelSource(error);
    reader.releaseLock();
  };
  const onAbort = () => {
    void abortTarget(signal?.reason);
    endWith(signal?.reason);
  };
  writer.closed.catch(endWith);

  try {
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    for (;;) {
      await writer.ready;
      const { done, value } = await reader.read();
      if (done) break;
      // A failed write is seen in `closed`.
      void ignore(writer.write(value));
    }
    if (!preventClose) await writer.close();
  } catch (error) {
    if (!ended) {
      await abortTarget(error);
      await cancelSource(error);
    }
    throw ended ? ended.error : error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    reader.releaseLock();
    writer.releaseLock();
  }
}

/** The pipe has one outcome, and this is not it. */
async function ignore(work: Promise<unknown>): Promise<void> {
  await work.catch(() => {});
}
