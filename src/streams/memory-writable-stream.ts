import type { TransformInput } from './transform-feed.ts';
import type { WritableSide } from './pipe-to.ts';

export interface WriterInput<T> extends TransformInput<T> {
  /** Resolves when somebody waits for what is written, or when the transform has ended. */
  room(): Promise<void>;
  /** Resolves when it has ended well, rejects when it has failed. */
  readonly over: Promise<void>;
}

/** The writable side of a transform. Writes are run one after the other; each waits until somebody reads. */
export class MemoryWritableStream<T> implements WritableSide<T> {
  readonly #input: WriterInput<T>;
  #last: Promise<unknown> = Promise.resolve();
  #closing = false;
  #locked = false;

  constructor(input: WriterInput<T>) {
    this.#input = input;
  }

  get locked(): boolean {
    return this.#locked;
  }

  getWriter() {
    if (this.#locked) throw new TypeError('The stream is locked: it has a writer.');
    this.#locked = true;
    const ready = () => this.#last.then(() => this.#input.room());
    const wantsMore = () => this.#input.wantsMore();
    const { over } = this.#input;
    return {
      get ready() {
        return ready();
      },
      get desiredSize() {
        return wantsMore() ? 1 : 0;
      },
      closed: over,
      write: (chunk: T) => this.#write(chunk),
      close: () => this.#close(),
      abort: (reason?: unknown) => this.#input.sourceFailed(reason),
      releaseLock: () => void (this.#locked = false),
    };
  }

  abort(reason?: unknown): Promise<void> {
    return this.#input.sourceFailed(reason);
  }

  close(): Promise<void> {
    return this.#close();
  }

  #write(chunk: T): Promise<void> {
    if (this.#closing) return Promise.reject(new TypeError('The stream is closed: it takes no chunk.'));
    return this.#inTurn(async () => {
      await this.#input.room();
      await this.#input.write(chunk);
    });
  }

  #close(): Promise<void> {
    if (this.#closing) return Promise.reject(new TypeError('The stream is closed already.'));
    this.#closing = true;
    return this.#inTurn(() => this.#input.finish());
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#last.then(work);
    this.#last = done.catch((error: unknown) => this.#input.fail(error));
    return done;
  }
}
