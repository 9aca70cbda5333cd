import type { UIMessageChunk } from 'ai';
import type { JournalChunk } from '../journal/turn-journal.ts';
import { pushCompact } from '../wire/compact-chunks.ts';

/** Everything a turn has shown, deltas joined, and the number of its last chunk. */
export interface ChunkLog {
  readonly chunks: readonly UIMessageChunk[];
  readonly lastSeq: number;
  /** How many of the chunks an earlier producer made. */
  readonly inherited: number;
  /** Numbers the chunk. */
  add(chunk: UIMessageChunk): JournalChunk;
}

export function chunkLog(previous: readonly JournalChunk[]): ChunkLog {
  const chunks: UIMessageChunk[] = [];
  for (const { chunk } of previous) pushCompact(chunks, chunk);
  let lastSeq = previous.at(-1)?.seq ?? 0;
  return {
    chunks,
    inherited: chunks.length,
    get lastSeq() {
      return lastSeq;
    },
    add(chunk) {
      pushCompact(chunks, chunk);
      lastSeq += 1;
      return { seq: lastSeq, chunk };
    },
  };
}
