import type { Log } from '../observe/log.ts';
import type { Archive } from './archive.ts';
import { drainOutbox } from './drain-outbox.ts';
import type { Outbox } from './outbox.ts';

const DAY_MS = 24 * 3600_000;
/** Sessions that go in one statement, and statements of one run: the next minute's run goes on. */
const PRUNE_BATCH = 200;
const PRUNE_BATCHES = 10;

export interface TendServices {
  archive: Archive | null;
  outbox: Outbox;
  log: Log;
}

/** What cron does for the archive: delivers what waits, and removes what is older than `retentionDays`. Never rejects. */
export async function tendArchive(
  { archive, outbox, log }: TendServices,
  retentionDays: number | undefined,
  now: number,
): Promise<void> {
  if (!archive) return;
  try {
    const report = await drainOutbox(outbox, archive, now);
    if (report.archived + report.postponed + report.buried > 0) log('info', 'outbox_drained', { ...report });
  } catch (cause) {
    log('warn', 'outbox_drain_failed', {}, cause);
  }
  if (retentionDays === undefined) return;
  try {
    const pruned = await pruneArchive(archive, now - retentionDays * DAY_MS);
    if (pruned > 0) log('info', 'archive_pruned', { sessions: pruned });
  } catch (cause) {
    log('warn', 'archive_prune_failed', {}, cause);
  }
}

async function pruneArchive(archive: Archive, before: number): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < PRUNE_BATCHES; batch++) {
    const removed = await archive.prune(before, PRUNE_BATCH);
    total += removed;
    if (removed < PRUNE_BATCH) break;
  }
  return total;
}
