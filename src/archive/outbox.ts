import type { ArchiveEntry } from './archive.ts';

export interface OutboxItem {
  id: string;
  /** Null when the stored text cannot be read any more. */
  entry: ArchiveEntry | null;
}

/** What was tried with an entry that could not be delivered. */
export interface Tries {
  count: number;
  /** How often the archive, being there, did not take it. */
  refusals: number;
  /** Not to be tried before; milliseconds since the epoch. */
  until: number;
}

/** An entry that was tried too often. Its words are not shown. */
export interface DeadLetter {
  id: string;
  kind: ArchiveEntry['kind'] | 'unreadable';
  sessionId: string | null;
  /** The position of a message. */
  position: number | null;
  tries: number;
  reason: string;
  /** Milliseconds since the epoch. */
  diedAt: number;
}

/**
 * What was promised to the archive and is not confirmed yet, in order. Filled by the scripts that begin and end turns. Every method rejects
 * with AppError `memory_unavailable` when Redis cannot be reached.
 */
export interface Outbox {
  /** The oldest items after `after` (null: from the start) that came in until `before` (milliseconds; null: all). */
  waiting(range: { after: string | null; before: number | null; count: number }): Promise<OutboxItem[]>;
  remove(ids: readonly string[]): Promise<void>;
  /** In the order of `ids`; null for what was not tried yet. */
  tries(ids: readonly string[]): Promise<(Tries | null)[]>;
  postpone(id: string, tries: Tries): Promise<void>;
  /** Puts an item aside as a dead letter. */
  bury(id: string, about: { tries: number; reason: string; now: number }): Promise<void>;
  dead(range: { after: string | null; count: number }): Promise<{ letters: DeadLetter[]; next: string | null }>;
  counts(): Promise<{ waiting: number; oldest: number | null; dead: number }>;
  /** Puts dead letters (null: all) back among what waits. Returns how many there were. */
  retry(ids: readonly string[] | null): Promise<number>;
}
