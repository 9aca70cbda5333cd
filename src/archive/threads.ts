import { AppError } from '../errors.ts';
import type { LiveSessions } from '../memory/live-sessions.ts';
import { formatCursor, type ListPlace } from '../memory/page-of-sessions.ts';
import type { SessionDetails, SessionPage, SessionStore } from '../memory/session-store.ts';
import type { Log } from '../observe/log.ts';
import type { Archive, ArchivedSession } from './archive.ts';
import { mergeThreads, type PartOfList } from './merge-threads.ts';

/** Pages that hold nothing are passed over, this many at most in one request. */
const MOST_EMPTY_PAGES = 5;

export interface ThreadsOptions {
  live: LiveSessions;
  /** Null: Redis is all there is. */
  archive: Archive | null;
  owner: string;
  reopen(sessionId: string): Promise<boolean>;
  /** Whether the archive has a session of that id which the caller may delete. */
  isArchived(sessionId: string): Promise<boolean>;
  log: Log;
}

/** A caller's sessions, those that Redis still has and those that only the archive has, as if there were no difference. */
export function threads({ live, archive, owner, reopen, isArchived, log }: ThreadsOptions): SessionStore {
  async function archivedPart(
    archived: Archive,
    limit: number,
    before: ListPlace | null,
  ): Promise<PartOfList<SessionDetails>> {
    const found = await archived.list(owner, { limit, before });
    const whereabouts = await live.look(found.map(({ session }) => session.id));
    const items = found.flatMap((item, index) => {
      const place = { time: item.lastActivity, id: item.session.id };
      const where = whereabouts[index];
      // What has a place in the live list is shown there.
      if (where?.kind === 'live') return where.listed ? [] : [{ place, details: where.details }];
      return where?.kind === 'deleted' ? [] : [{ place, details: forgotten(item) }];
    });
    const last = found.at(-1);
    const more = found.length === limit && last;
    return { items, reachesTo: more ? { time: last.lastActivity, id: last.session.id } : null };
  }

  async function list(limit: number, before: ListPlace | null) {
    const page = await live.page({ limit, before });
    const livePart: PartOfList<SessionDetails> = { items: page.sessions, reachesTo: page.reachesTo };
    const nothing: PartOfList<SessionDetails> = { items: [], reachesTo: null };
    try {
      const other = archive ? await archivedPart(archive, limit, before) : nothing;
      return { ...mergeThreads(livePart, other, limit), incomplete: false };
    } catch (cause) {
      if (!(cause instanceof AppError) || cause.code !== 'archive_unavailable') throw cause;
      log('warn', 'list_incomplete', {}, cause);
      return { ...mergeThreads(livePart, nothing, limit), incomplete: true };
    }
  }

  return {
    create: (session, history) => live.create(session, history),
    getLive: (id) => live.get(id),
    get: async (id) => (await live.get(id)) ?? ((await reopen(id)) ? live.get(id) : null),
    read: async (id) => (await live.read(id)) ?? ((await reopen(id)) ? live.read(id) : null),
    change: async (id, change) =>
      (await live.change(id, change)) ?? ((await reopen(id)) ? live.change(id, change) : null),

    async list({ limit, before }): Promise<SessionPage> {
      let place = before;
      for (let empty = 0; ; empty++) {
        const { page, next, incomplete } = await list(limit, place);
        if (page.length > 0 || !next || empty === MOST_EMPTY_PAGES) {
          return { sessions: page, cursor: next && formatCursor(next), incomplete };
        }
        place = next;
      }
    },

    async remove(id) {
      if (await live.remove(id)) return true;
      if (!(await isArchived(id))) return false;
      await live.bury(id);
      return true;
    },
  };
}

function forgotten({ session, lastActivity, messageCount }: ArchivedSession): SessionDetails {
  return { session, lastActivity, messageCount, expiresAt: null, turn: null };
}
