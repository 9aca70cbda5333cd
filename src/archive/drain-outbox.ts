import { ArchiveRefusal, type Archive, type ArchiveEntry } from './archive.ts';
import type { Outbox, Tries } from './outbox.ts';

/** Younger entries belong to a turn that is about to archive them itself. */
const GRACE_MS = 30_000;
const BATCH = 100;
const MINUTE_MS = 60_000;
/** An archive that fails so many times in a row is away; nothing is held against the entries then. */
const AWAY_AFTER = 3;
/** An entry that the archive itself has refused so often is put aside for a person: that takes an hour and a half. */
const MOST_REFUSALS = 5;

export interface DrainReport {
  archived: number;
  postponed: number;
  /** Put aside as dead letters. */
  buried: number;
}

type Waiting = { id: string; entry: ArchiveEntry; tries: Tries | null };

/**
 * Brings what waits in the outbox to the archive, oldest first. What the archive does not take is tried again later, ever less often, and
 * keeps nothing else waiting. Rejects when Redis cannot be reached or the archive is away; nothing is lost then.
 */
export async function drainOutbox(outbox: Outbox, archive: Archive, now: number): Promise<DrainReport> {
  const report: DrainReport = { archived: 0, postponed: 0, buried: 0 };
  let after: string | null = null;
  for (;;) {
    const items = await outbox.waiting({ after, before: now - GRACE_MS, count: BATCH });
    const tries = await outbox.tries(items.map(({ id }) => id));
    const due: Waiting[] = [];
    for (const [index, { id, entry }] of items.entries()) {
      const tried = tries[index] ?? null;
      if (!entry) {
        await outbox.bury(id, { tries: tried?.count ?? 0, reason: 'It cannot be read.', now });
        report.buried += 1;
      } else if ((tried?.until ?? 0) <= now) due.push({ id, entry, tries: tried });
    }
    await deliver(outbox, archive, due, now, report);
    after = items.at(-1)?.id ?? null;
    if (items.length < BATCH) return report;
  }
}

async function deliver(outbox: Outbox, archive: Archive, due: Waiting[], now: number, report: DrainReport) {
  if (due.length === 0) return;
  try {
    await archive.write(due.map(({ entry }) => entry));
    await outbox.remove(due.map(({ id }) => id));
    report.archived += due.length;
  } catch {
    await deliverEach(outbox, archive, due, now, report);
  }
}

/** One entry that is refused takes all of its batch down: each is tried by itself. */
async function deliverEach(outbox: Outbox, archive: Archive, due: Waiting[], now: number, report: DrainReport) {
  let failed: { item: Waiting; error: unknown }[] = [];
  const settle = async () => {
    for (const { item, error } of failed) await holdAgainst(outbox, item, error, now, report);
    failed = [];
  };
  for (const item of due) {
    try {
      await archive.write([item.entry]);
    } catch (error) {
      failed.push({ item, error });
      if (failed.every(({ error }) => !(error instanceof ArchiveRefusal)) && failed.length >= AWAY_AFTER) throw error;
      continue;
    }
    await outbox.remove([item.id]);
    report.archived += 1;
    await settle();
  }
  await settle();
}

async function holdAgainst(outbox: Outbox, { id, tries }: Waiting, error: unknown, now: number, report: DrainReport) {
  const refused = error instanceof ArchiveRefusal;
  const count = (tries?.count ?? 0) + 1;
  const refusals = (tries?.refusals ?? 0) + (refused ? 1 : 0);
  if (refusals >= MOST_REFUSALS) {
    await outbox.bury(id, { tries: count, reason: error instanceof ArchiveRefusal ? error.reason : 'Refused.', now });
    report.buried += 1;
    return;
  }
  // Refused entries wait 1, 4, 16 and 64 minutes; the others at most five, since the archive may be back any moment.
  const minutes = refused ? 4 ** (refusals - 1) : Math.min(5, count);
  await outbox.postpone(id, { count, refusals, until: now + minutes * MINUTE_MS });
  report.postponed += 1;
}
