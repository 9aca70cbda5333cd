/** What a stream asks its source for; the Streams standard's underlying source, without bytes. */
export interface StreamSource<T> {
  type?: unknown;
  start?(controller: StreamController<T>): unknown;
  pull?(controller: StreamController<T>): unknown;
  cancel?(reason?: unknown): unknown;
}

export interface StreamController<T> {
  enqueue(chunk: T): void;
  close(): void;
  error(reason?: unknown): void;
  readonly desiredSize: number | null;
}

/** Somebody who waits for the next chunk of a stream: one of the three is called, once. */
export interface Taker<T> {
  chunk(value: T): void;
  end(): void;
  fail(error: unknown): void;
}

export interface Strategy {
  highWaterMark?: number | undefined;
}
