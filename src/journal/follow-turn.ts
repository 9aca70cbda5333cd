import { AppError } from '../errors.ts';
import { LEASE_MS } from '../redis/keys.ts';
import type { JournalChunk, TurnJournal } from './turn-journal.ts';

/** Polling costs one command a look: brisk while a person is likely to watch text grow, then slower. */
const POLL_MS = [
  { untilIdle: 5_000, every: 250 },
  { untilIdle: 15_000, every: 500 },
  { untilIdle: Infinity, every: 1000 },
] as const;

export interface FollowOptions {
  journal: TurnJournal;
  sessionId: string;
  turnId: string;
  /** Chunks up to this number are left out; 0 for all. */
  afterSeq: number;
  now(): number;
  sleep(ms: number): Promise<void>;
}

/**
 * A turn's chunks from its journal: what is there at once, the rest as it is written, until the turn's end. Throws AppError
 * `session_not_found` when there is no such journal, `internal_error` when its producer has fallen silent for good.
 */
export async function* followTurn({
  journal,
  sessionId,
  turnId,
  afterSeq,
  now,
  sleep,
}: FollowOptions): AsyncGenerator<JournalChunk> {
  let cursor: string | null = null;
  let newsAt = now();
  for (;;) {
    const page = await journal.read(sessionId, turnId, cursor);
    if (page && page.cursor !== cursor) {
      cursor = page.cursor;
      newsAt = now();
      yield* page.chunks.filter(({ seq }) => seq > afterSeq);
      if (page.ended) return;
    }
    const idle = now() - newsAt;
    if (idle > 2 * LEASE_MS) throw new AppError('internal_error', 'This turn was interrupted.');
    const poll = POLL_MS.find(({ untilIdle }) => idle < untilIdle) ?? POLL_MS[2];
    await sleep(poll.every);
  }
}
