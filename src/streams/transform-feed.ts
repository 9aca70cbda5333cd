import type { ReadableCore } from './readable-core.ts';
import type { Taker } from './stream-source.ts';

/** A transform, seen from what feeds it. */
export interface TransformInput<T> {
  /** Somebody waits for what it makes, and it has not ended. */
  wantsMore(): boolean;
  /** Runs one chunk; undefined when it is done within the call. Throws or rejects as the transformer does. */
  write(chunk: T): PromiseLike<unknown> | undefined;
  finish(): Promise<void>;
  /** The transformer itself has failed. */
  fail(error: unknown): void;
  /** What feeds it has failed. */
  sourceFailed(error: unknown): Promise<void>;
}

const soon = Promise.resolve();

/** Takes chunks from one stream for a transform, one at a time, as long as somebody waits for the result. */
export class TransformFeed<T> implements Taker<T> {
  readonly #source: ReadableCore<T>;
  readonly #input: TransformInput<T>;
  #taking = false;
  #again = false;
  #filled: (() => void) | undefined;

  constructor(source: ReadableCore<T>, input: TransformInput<T>) {
    this.#source = source;
    this.#input = input;
  }

  /** Resolves when nobody waits any more. */
  fill(): Promise<void> {
    return new Promise((resolve) => {
      this.#filled = resolve;
      this.#takeMore();
    });
  }

  /** Within take() at once; otherwise this is inside the source's `enqueue`, whose caller must not find the chunk already transformed. */
  chunk(value: T): void {
    if (this.#taking) this.#run(value);
    else void soon.then(() => this.#run(value));
  }

  end(): void {
    void soon.then(() => this.#input.finish()).then(this.#stop, this.#fail);
  }

  fail(reason: unknown): void {
    void soon.then(() => this.#input.sourceFailed(reason)).then(this.#stop, this.#fail);
  }

  #run(value: T): void {
    try {
      const running = this.#input.write(value);
      if (running) running.then(this.#takeMore, this.#fail);
      else this.#takeMore();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** A loop, because chunks that are queued come within take(), and recursion would fill the stack. */
  readonly #takeMore = (): void => {
    this.#again = true;
    if (this.#taking) return;
    while (this.#again) {
      this.#again = false;
      if (!this.#input.wantsMore()) return this.#stop();
      this.#taking = true;
      this.#source.take(this);
      this.#taking = false;
    }
  };

  readonly #fail = (error: unknown): void => {
    this.#input.fail(error);
    this.#stop();
  };

  readonly #stop = (): void => {
    this.#filled?.();
    this.#filled = undefined;
  };
}
