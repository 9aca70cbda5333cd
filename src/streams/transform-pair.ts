import type { WritableSide } from './pipe-to.ts';
import type { ReadableCore } from './readable-core.ts';

/** How a stream tells a transform in memory to take its chunks by itself, without a writer in between. */
export const ATTACH = Symbol('attach');

/** What chunks can be piped through: a transform of ours or of the platform. */
export interface TransformPair<T> {
  readonly readable: unknown;
  readonly writable: WritableSide<T>;
  [ATTACH]?(source: ReadableCore<T>): void;
}
