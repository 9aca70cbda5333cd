import type { UIMessageChunk } from 'ai';

/** One numbered chunk of a turn. `seq` counts from 1 and never repeats within a turn, also across takeovers. */
export interface JournalChunk {
  seq: number;
  chunk: UIMessageChunk;
}
