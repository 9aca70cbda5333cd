import type { JournalChunk, TurnJournal, TurnLease } from '../journal/turn-journal.ts';
import type { TurnClock } from './turn-clock.ts';

/** A resumed viewer and a stop lag by this much at most; each flush is one paid command, so a long turn flushes more rarely. */
const FLUSH_MS = [
  { untilAge: 10_000, every: 250 },
  { untilAge: 60_000, every: 500 },
  { untilAge: Infinity, every: 1000 },
] as const;

export interface JournalWriterOptions {
  journal: TurnJournal;
  lease: TurnLease;
  clock: TurnClock;
  /** Somebody asked for the turn to be stopped. */
  onStop(): void;
  /** The lease is lost: another producer owns the turn, or the session is gone. */
  onLost(): void;
  /** A flush failed; its chunks are kept for the next one. */
  onTrouble(error: unknown): void;
}

export interface JournalWriter {
  /** Queues a chunk; an urgent one is flushed at once. */
  add(entry: JournalChunk, urgent: boolean): void;
  /** Resolves once the journal holds the chunk with this number. Stays pending when it never will. */
  flushed(seq: number): Promise<void>;
  /** Ends the flushing and returns what no flush has carried. */
  close(): Promise<JournalChunk[]>;
}

/** Batches a turn's chunks into the journal. It flushes on a timer also while nothing flows: that renews the lease and sees a stop. */
export function journalWriter({ journal, lease, clock, ...on }: JournalWriterOptions): JournalWriter {
  const startedAt = clock.now();
  let pending: JournalChunk[] = [];
  let flushing: Promise<void> | null = null;
  let again = false;
  let closed = false;
  let flushedSeq = 0;
  let waiting: { seq: number; resolve: () => void }[] = [];
  let cancelTimer: (() => void) | undefined;

  function schedule() {
    cancelTimer?.();
    if (closed) return;
    const age = clock.now() - startedAt;
    const interval = FLUSH_MS.find(({ untilAge }) => age < untilAge) ?? FLUSH_MS[2];
    cancelTimer = clock.after(interval.every, flush);
  }

  function flush() {
    if (closed) return;
    if (flushing) {
      again = true;
      return;
    }
    cancelTimer?.();
    flushing = append().finally(() => {
      flushing = null;
      if (again) {
        again = false;
        flush();
      } else {
        schedule();
      }
    });
  }

  async function append() {
    const batch = pending;
    pending = [];
    try {
      const result = await journal.append(lease, batch);
      if (!result.held) return on.onLost();
      settle(batch.at(-1)?.seq);
      if (result.stop) on.onStop();
    } catch (error) {
      pending = [...batch, ...pending];
      on.onTrouble(error);
    }
  }

  function settle(seq = flushedSeq) {
    flushedSeq = seq;
    for (const { resolve } of waiting.filter((item) => item.seq <= seq)) resolve();
    waiting = waiting.filter((item) => item.seq > seq);
  }

  schedule();
  return {
    add(entry, urgent) {
      pending.push(entry);
      if (urgent) flush();
    },
    flushed(seq) {
      if (seq <= flushedSeq) return Promise.resolve();
      return new Promise((resolve) => waiting.push({ seq, resolve }));
    },
    async close() {
      closed = true;
      cancelTimer?.();
      await flushing;
      return pending;
    },
  };
}
