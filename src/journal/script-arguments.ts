import type { JournalChunk, TurnLease } from './turn-journal.ts';

/** How a turn is named among the running ones. */
export const member = ({ sessionId, turnId }: Pick<TurnLease, 'sessionId' | 'turnId'>) => `${sessionId} ${turnId}`;

/** First seq, last seq and the chunks as JSON: what the scripts' WRITE_CHUNKS takes. */
export function batch(chunks: readonly JournalChunk[]): [number, number, string] {
  const first = chunks[0];
  const last = chunks.at(-1);
  if (!first || !last) return [0, 0, ''];
  return [first.seq, last.seq, JSON.stringify(chunks.map(({ chunk }) => chunk))];
}
