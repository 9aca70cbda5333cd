import { ATTACH, type TransformPair } from './transform-pair.ts';
import { iterateReader } from './iterate-reader.ts';
import { MemoryReader } from './memory-reader.ts';
import { pipeTo, type PipeOptions, type WritableSide } from './pipe-to.ts';
import { ReadableCore } from './readable-core.ts';
import { platformStreams } from './platform-streams.ts';
import type { StreamSource, Strategy } from './stream-source.ts';
import { teeCore } from './tee-core.ts';

/**
 * A ReadableStream that never leaves JavaScript. Not supported: byte streams, a strategy's `size`, and being filled before the first read.
 */
export class MemoryReadableStream<T = unknown> {
  readonly #core: ReadableCore<T>;

  constructor(source: StreamSource<T> | null = {}, strategy: Strategy | null = {}) {
    if (source?.type !== undefined)
      throw new TypeError('An in-memory stream carries no bytes: use globalThis.ReadableStream.');
    this.#core = new ReadableCore(source ?? {}, strategy ?? {});
  }

  /** True for the platform's streams too, a response's body for example: where one is accepted, so is the other. */
  static [Symbol.hasInstance](value: unknown): boolean {
    return MemoryReadableStream.coreOf(value) !== undefined || value instanceof platformStreams.ReadableStream;
  }

  /** Undefined for whatever is no in-memory stream. */
  static coreOf<T>(stream: MemoryReadableStream<T>): ReadableCore<T>;
  static coreOf(stream: unknown): ReadableCore<unknown> | undefined;
  static coreOf(stream: unknown): ReadableCore<unknown> | undefined {
    return typeof stream === 'object' && stream !== null && #core in stream ? stream.#core : undefined;
  }

  static from<T>(items: AsyncIterable<T> | Iterable<T>): MemoryReadableStream<T> {
    const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
    return new MemoryReadableStream<T>({
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(await value);
      },
      cancel: (reason) => iterator.return?.(reason),
    });
  }

  get locked(): boolean {
    return this.#core.isLocked;
  }

  getReader(options?: { mode?: string } | null): MemoryReader<T> {
    if (options?.mode !== undefined) throw new TypeError('An in-memory stream has no byte reader.');
    return new MemoryReader(this.#core);
  }

  cancel(reason?: unknown): Promise<void> {
    return this.locked
      ? Promise.reject(new TypeError('The stream is locked: it has a reader.'))
      : this.#core.cancel(reason);
  }

  pipeThrough<P extends TransformPair<T>>(pair: P, options: PipeOptions = {}): P['readable'] {
    const attach = Object.values(options).some(Boolean) ? undefined : pair[ATTACH];
    if (attach) {
      this.#core.lock();
      attach.call(pair, this.#core);
    } else {
      // The platform's transform tells its reader what went wrong.
      this.pipeTo(pair.writable, options).catch(() => {});
    }
    return pair.readable;
  }

  pipeTo(writable: WritableSide<T>, options: PipeOptions = {}): Promise<void> {
    return pipeTo(this.getReader(), writable, options);
  }

  tee(): [MemoryReadableStream<T>, MemoryReadableStream<T>] {
    this.#core.lock();
    return teeCore(this.#core, (source) => {
      const stream = new MemoryReadableStream<T>(source);
      return { stream, core: stream.#core };
    });
  }

  values(options?: { preventCancel?: boolean }): AsyncIterableIterator<T, undefined> {
    return iterateReader(this.getReader(), options?.preventCancel ?? false);
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<T, undefined> {
    return this.values();
  }

  /** A platform that does not know the object as a body would quietly send "[object Object]". */
  toString(): string {
    throw new TypeError('An in-memory stream was handed to the platform: wrap it in toPlatform().');
  }
}
