import { ATTACH } from './transform-pair.ts';
import { isThenable } from './is-thenable.ts';
import { MemoryReadableStream } from './memory-readable-stream.ts';
import { MemoryWritableStream, type WriterInput } from './memory-writable-stream.ts';
import { platformStreams } from './platform-streams.ts';
import type { ReadableCore } from './readable-core.ts';
import type { Strategy } from './stream-source.ts';
import { TransformFeed } from './transform-feed.ts';

export interface TransformController<O> {
  enqueue(chunk: O): void;
  error(reason?: unknown): void;
  terminate(): void;
  readonly desiredSize: number | null;
}

export interface Transformer<I, O> {
  start?(controller: TransformController<O>): unknown;
  /** Without it chunks pass as they are. */
  transform?(chunk: I, controller: TransformController<O>): unknown;
  flush?(controller: TransformController<O>): unknown;
  cancel?(reason: unknown): unknown;
}

/** A TransformStream that never leaves JavaScript. It works when its readable side is read; strategies are not heeded. */
export class MemoryTransformStream<I = unknown, O = I> {
  readonly readable: MemoryReadableStream<O>;
  readonly #output: ReadableCore<O>;
  readonly #transformer: Transformer<I, O>;
  readonly #controller: TransformController<O>;
  readonly #over = Promise.withResolvers<void>();
  #starting: Promise<unknown> | undefined;
  #ended = false;
  #source: ReadableCore<I> | undefined;
  #feed: TransformFeed<I> | undefined;
  #writable: MemoryWritableStream<I> | undefined;
  #writers: (() => void)[] = [];

  constructor(transformer: Transformer<I, O> | null = {}, _writable?: Strategy, readable: Strategy = {}) {
    this.#transformer = transformer ?? {};
    this.#over.promise.catch(() => {});
    const source = { pull: () => this.#pull(), cancel: (reason: unknown) => this.#cancel(reason) };
    this.readable = new MemoryReadableStream<O>(source, { highWaterMark: readable.highWaterMark ?? 0 });
    this.#output = MemoryReadableStream.coreOf(this.readable);
    this.#controller = this.#makeController();
    const starting = this.#transformer.start?.(this.#controller);
    if (isThenable(starting)) this.#starting = this.#awaitStart(starting);
  }

  /** True for the platform's transforms too. */
  static [Symbol.hasInstance](value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return false;
    return #output in value || value instanceof platformStreams.TransformStream;
  }

  get writable(): MemoryWritableStream<I> {
    return (this.#writable ??= new MemoryWritableStream(this.#input));
  }

  [ATTACH](source: ReadableCore<I>): void {
    this.#source = source;
    this.#feed = new TransformFeed(source, this.#input);
  }

  readonly #input: WriterInput<I> = {
    over: this.#over.promise,
    wantsMore: () => !this.#ended && this.#output.isHungry,
    room: () =>
      new Promise((resolve) => (this.#ended || this.#output.isHungry ? resolve() : this.#writers.push(resolve))),
    write: (chunk) => this.#write(chunk),
    finish: () => this.#finish(),
    fail: (error) => this.#fail(error),
    sourceFailed: (error) => this.#sourceFailed(error),
  };

  #pull(): Promise<void> | undefined {
    if (this.#feed) return this.#feed.fill();
    this.#wakeWriters();
    return undefined;
  }

  #write(chunk: I): PromiseLike<unknown> | undefined {
    if (this.#ended) return this.#over.promise;
    if (this.#starting) return this.#starting.then(() => this.#write(chunk));
    const { transform } = this.#transformer;
    if (!transform) this.#output.push(this.#unchanged(chunk));
    const running = transform?.call(this.#transformer, chunk, this.#controller);
    return isThenable(running) ? running : undefined;
  }

  /** The cast: a transform without a transformer makes of each chunk that chunk. */
  #unchanged(chunk: I): O {
    return chunk as unknown as O;
  }

  async #finish(): Promise<void> {
    await this.#starting;
    if (this.#ended) return this.#over.promise;
    await this.#transformer.flush?.(this.#controller);
    if (this.#ended) return this.#over.promise;
    this.#end();
    this.#over.resolve();
    this.#output.close();
  }

  #fail(reason: unknown): void {
    if (this.#ended) return;
    this.#end();
    this.#over.reject(reason);
    this.#output.fail(reason);
    this.#letSourceGo(reason);
  }

  /** The transformer hears of it before the reader does. */
  async #sourceFailed(error: unknown): Promise<void> {
    if (this.#ended) return;
    this.#end();
    this.#over.reject(error);
    try {
      await this.#transformer.cancel?.(error);
      this.#output.fail(error);
    } catch (failure) {
      this.#output.fail(failure);
    }
  }

  async #cancel(reason: unknown): Promise<void> {
    if (this.#ended) return;
    this.#end();
    this.#over.reject(reason);
    try {
      await this.#transformer.cancel?.(reason);
      this.#letSourceGo(reason);
    } catch (failure) {
      this.#letSourceGo(failure);
      throw failure;
    }
  }

  /** Nobody waits for it: a branch of a tee may take as long as the other branch. */
  #letSourceGo(reason: unknown): void {
    this.#source?.cancel(reason).catch(() => {});
  }

  #terminate(): void {
    if (this.#ended) return;
    const ended = new TypeError('The transform was terminated.');
    this.#end();
    this.#over.reject(ended);
    this.#output.close();
    this.#letSourceGo(ended);
  }

  #end(): void {
    this.#ended = true;
    this.#wakeWriters();
  }

  #wakeWriters(): void {
    for (const wake of this.#writers.splice(0)) wake();
  }

  async #awaitStart(starting: PromiseLike<unknown>): Promise<void> {
    try {
      await starting;
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#starting = undefined;
    }
  }

  #makeController(): TransformController<O> {
    const output = this.#output;
    return {
      enqueue: (chunk) => output.push(chunk),
      error: (reason) => this.#fail(reason),
      terminate: () => this.#terminate(),
      get desiredSize() {
        return output.isHungry ? 1 : 0;
      },
    };
  }
}
