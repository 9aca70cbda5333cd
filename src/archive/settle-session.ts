import { AppError } from '../errors.ts';
import type { Archive } from './archive.ts';
import type { Outbox } from './outbox.ts';

const PAGE = 100;
/** Only an archive that was away for long leaves more behind; cron works that off. */
const MOST_PAGES = 50;

/**
 * Brings what waits of one session to the archive, so that what is read there next is the whole of it. Returns the position of its last
 * message that the archive does not take, 0 when there is none. Throws AppError `archive_unavailable` when too much waits to look through.
 */
export async function settleSession(outbox: Outbox, archive: Archive, sessionId: string): Promise<number> {
  const ofSession = (entry: { sessionId: string } | { session: { id: string } }) =>
    ('session' in entry ? entry.session.id : entry.sessionId) === sessionId;
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const items = await outbox.waiting({ after, before: null, count: PAGE });
    const own = items.flatMap(({ id, entry }) => (entry && ofSession(entry) ? [{ id, entry }] : []));
    if (own.length > 0) {
      await archive.write(own.map(({ entry }) => entry));
      await outbox.remove(own.map(({ id }) => id));
    }
    if (items.length < PAGE) return lastDead(outbox, sessionId);
    after = items.at(-1)?.id ?? null;
  }
  throw new AppError('archive_unavailable', 'The archive is catching up. Try again in a few minutes.');
}

async function lastDead(outbox: Outbox, sessionId: string): Promise<number> {
  const { letters } = await outbox.dead({ after: null, count: PAGE });
  return Math.max(0, ...letters.map((letter) => (letter.sessionId === sessionId ? (letter.position ?? 0) : 0)));
}
