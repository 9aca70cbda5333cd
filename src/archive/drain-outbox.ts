import type { Archive, ArchiveEntry } from './archive.ts';
import type { Outbox } from './outbox.ts';

/** Younger entries belong to a turn that is about to archive them itself. */
const GRACE_MS = 30_000;
const BATCH = 100;

export interface DrainReport {
  archived: number;
  /** Items that could not be read and were dropped. */
  unreadable: number;
}

/** Brings everything that waits in the outbox to the archive, oldest first. Rejects when one of the two cannot be reached; nothing is lost then. */
export async function drainOutbox(outbox: Outbox, archive: Archive, now: number): Promise<DrainReport> {
  const report = { archived: 0, unreadable: 0 };
  for (;;) {
    const items = await outbox.waiting({ before: now - GRACE_MS, count: BATCH });
    if (items.length === 0) return report;
    const entries = items.map(({ entry }) => entry).filter((entry): entry is ArchiveEntry => entry !== null);
    if (entries.length > 0) await archive.write(entries);
    await outbox.remove(items.map(({ id }) => id));
    report.archived += entries.length;
    report.unreadable += items.length - entries.length;
  }
}
