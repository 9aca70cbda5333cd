import type { ReadableCore } from './readable-core.ts';

/** A stream's only reader, until it is released. */
export class MemoryReader<T> {
  #core: ReadableCore<T> | null;

  constructor(core: ReadableCore<T>) {
    core.lock();
    this.#core = core;
  }

  read(): Promise<ReadResult<T>> {
    const core = this.#core;
    if (!core) return Promise.reject(released());
    return new Promise((resolve, reject) => {
      core.take({
        chunk: (value) => resolve({ done: false, value }),
        end: () => resolve({ done: true, value: undefined }),
        fail: reject,
      });
    });
  }

  cancel(reason?: unknown): Promise<void> {
    return this.#core ? this.#core.cancel(reason) : Promise.reject(released());
  }

  releaseLock(): void {
    if (!this.#core) return;
    this.#core.unlock(released());
    this.#core = null;
  }

  get closed(): Promise<void> {
    return this.#core ? this.#core.whenClosed() : Promise.reject(released());
  }
}

export type ReadResult<T> = { done: false; value: T } | { done: true; value: undefined };

function released(): TypeError {
  return new TypeError('The reader is released.');
}
