import type { ArchiveEntry } from './archive.ts';

export interface OutboxItem {
  id: string;
  /** Null when the stored text cannot be read any more; such an item is logged and dropped. */
  entry: ArchiveEntry | null;
}

/** What was promised to the archive and is not confirmed yet, in order. Filled by the scripts that begin and end turns. */
export interface Outbox {
  /** The oldest items that came in until `before` (milliseconds since the epoch). */
  waiting(options: { before: number; count: number }): Promise<OutboxItem[]>;
  remove(ids: readonly string[]): Promise<void>;
}
