import { ChunkQueue } from './chunk-queue.ts';
import { isThenable } from './is-thenable.ts';
import type { StreamController, StreamSource, Strategy, Taker } from './stream-source.ts';

/**
 * What is behind a readable stream: its queue, its state and who waits for chunks. The source is pulled when somebody waits, never
 * ahead of that. Everything happens at once, inside the call: who takes and must not run inside the source's `enqueue` sees to it.
 */
export class ReadableCore<T> {
  #locked = false;
  #state: 'open' | 'closing' | 'closed' | 'errored' = 'open';
  #error: unknown;
  #source: StreamSource<T> | null;
  #started = false;
  #pulling = false;
  #pullAgain = false;
  #closed: PromiseWithResolvers<void> | undefined;
  readonly #queue = new ChunkQueue<T>();
  #takers: Taker<T>[] = [];
  readonly #highWaterMark: number;
  readonly #controller: StreamController<T>;

  constructor(source: StreamSource<T>, strategy: Strategy) {
    this.#source = source;
    this.#highWaterMark = strategy.highWaterMark ?? 1;
    this.#controller = this.#makeController();
    const starting = source.start?.(this.#controller);
    const started = () => {
      this.#started = true;
      this.#demand();
    };
    if (isThenable(starting)) starting.then(started, (error: unknown) => this.fail(error));
    else started();
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** Somebody waits for a chunk. */
  get isHungry(): boolean {
    return this.#takers.length > 0;
  }

  push(value: T): void {
    if (!this.isOpen) throw new TypeError('The stream is closed: it takes no chunk.');
    const taker = this.#takers.shift();
    if (taker) taker.chunk(value);
    else this.#queue.push(value);
    this.#demand();
  }

  /** What is queued can still be read. */
  close(): void {
    if (!this.isOpen) throw new TypeError('The stream is closed already.');
    this.#state = 'closing';
    if (this.#queue.size === 0) this.#end();
  }

  /** What is queued is lost. Nothing happens when the stream has ended. */
  fail(error: unknown): void {
    if (this.#state === 'closed' || this.#state === 'errored') return;
    this.#state = 'errored';
    this.#error = error;
    this.#queue.clear();
    this.#source = null;
    for (const taker of this.#takers.splice(0)) taker.fail(error);
    this.#closed?.reject(error);
  }

  /** The next chunk: within this call when one is there. */
  take(taker: Taker<T>): void {
    const queued = this.#queue.shift();
    if (queued) {
      if (this.#state === 'closing' && this.#queue.size === 0) this.#end();
      taker.chunk(queued.value);
      return;
    }
    if (this.#state === 'errored') taker.fail(this.#error);
    else if (this.#state === 'closed') taker.end();
    else {
      this.#takers.push(taker);
      this.#demand();
    }
  }

  get isLocked(): boolean {
    return this.#locked;
  }

  /** From now on one reader, pipe or tee has the stream. */
  lock(): void {
    if (this.#locked) throw new TypeError('The stream is locked: something reads it already.');
    this.#locked = true;
  }

  /** Those who still wait get this error; the stream itself goes on. */
  unlock(error: unknown): void {
    this.#locked = false;
    for (const taker of this.#takers.splice(0)) taker.fail(error);
  }

  async cancel(reason?: unknown): Promise<void> {
    if (this.#state === 'errored') throw this.#error;
    if (this.#state === 'closed') return;
    const source = this.#source;
    this.#queue.clear();
    this.#end();
    await source?.cancel?.(reason);
  }

  whenClosed(): Promise<void> {
    if (!this.#closed) {
      this.#closed = Promise.withResolvers();
      // Nobody has to listen.
      this.#closed.promise.catch(() => {});
      if (this.#state === 'closed') this.#closed.resolve();
      if (this.#state === 'errored') this.#closed.reject(this.#error);
    }
    return this.#closed.promise;
  }

  #end(): void {
    this.#state = 'closed';
    this.#source = null;
    for (const taker of this.#takers.splice(0)) taker.end();
    this.#closed?.resolve();
  }

  #demand(): void {
    if (!this.#started || !this.isOpen || !this.isHungry) return;
    if (this.#pulling) {
      this.#pullAgain = true;
      return;
    }
    this.#pulling = true;
    do {
      this.#pullAgain = false;
      const pulled = this.#pull();
      if (isThenable(pulled)) {
        pulled.then(this.#afterPull, this.#afterFailedPull);
        return;
      }
    } while (this.#pullAgain && this.isHungry);
    this.#pulling = false;
  }

  #pull(): unknown {
    try {
      return this.#source?.pull?.(this.#controller);
    } catch (error) {
      this.fail(error);
      return undefined;
    }
  }

  readonly #afterPull = () => {
    this.#pulling = false;
    if (this.#pullAgain) this.#demand();
  };

  readonly #afterFailedPull = (error: unknown) => {
    this.#pulling = false;
    this.fail(error);
  };

  #desiredSize(): number | null {
    if (this.#state === 'errored') return null;
    return this.#state === 'closed' ? 0 : this.#highWaterMark - this.#queue.size;
  }

  #makeController(): StreamController<T> {
    const desiredSize = () => this.#desiredSize();
    return {
      enqueue: (chunk) => this.push(chunk),
      close: () => this.close(),
      error: (reason) => this.fail(reason),
      get desiredSize() {
        return desiredSize();
      },
    };
  }
}
