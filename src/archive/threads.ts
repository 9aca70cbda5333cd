import { AppError } from '../errors.ts';
import type { LiveSessions } from '../memory/live-sessions.ts';
import { formatCursor, type ListPlace } from '../memory/page-of-sessions.ts';
import type { SessionDetails, SessionPage, SessionStore } from '../memory/session-store.ts';
import type { StoredMessage } from '../memory/stored-message.ts';
import type { Log } from '../observe/log.ts';
import type { Archive, ArchivedSession } from './archive.ts';
import { mergeThreads, type PartOfList } from './merge-threads.ts';

/** Pages that hold nothing are passed over, this many at most in one request. */
const MOST_EMPTY_PAGES = 5;
/** Messages of an imported thread that are written at once. */
const WRITE_BATCH = 50;
const READ_BATCH = 200;

export interface ThreadsOptions {
  live: LiveSessions;
  /** Null: Redis is all there is. */
  archive: Archive | null;
  owner: string;
  reopen(sessionId: string): Promise<boolean>;
  /** Whether the archive has a session of that id which the caller may delete. */
  isArchived(sessionId: string): Promise<boolean>;
  /** Messages that the memory keeps. */
  keep: number;
  log: Log;
}

/** A caller's sessions, those that Redis still has and those that only the archive has, as if there were no difference. */
export function threads({ live, archive, owner, reopen, isArchived, keep, log }: ThreadsOptions): SessionStore {
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

    async whole(id) {
      const found = (await live.read(id)) ?? ((await reopen(id)) ? await live.read(id) : null);
      if (!found) return null;
      const archived = archive ? await allMessages(archive, id) : [];
      const last = archived.at(-1)?.position ?? 0;
      // The archive may not have heard of the newest ones yet.
      const messages = [...archived, ...found.messages.filter(({ position }) => position > last)];
      return { session: found.session, messages };
    },

    async search(wanted) {
      if (!archive) throw new AppError('archive_unavailable', 'This deployment keeps no archive to search.');
      const { found, next } = await archive.search(owner, wanted);
      const ids = [...new Set(found.map(({ sessionId }) => sessionId))];
      const whereabouts = await live.look(ids);
      const deleted = new Set(ids.filter((_, index) => whereabouts[index]?.kind === 'deleted'));
      return { found: found.filter(({ sessionId }) => !deleted.has(sessionId)), next };
    },

    async adopt(session, messages) {
      try {
        for (let start = 0; archive && start < messages.length; start += WRITE_BATCH) {
          const batch = messages.slice(start, start + WRITE_BATCH);
          await archive.write(batch.map((message) => ({ kind: 'message', session, message })));
        }
      } catch (cause) {
        // Half a thread is worse than none.
        await live.bury(session.id);
        throw cause;
      }
      const newest = messages.at(-1);
      const lastActivity = newest ? Date.parse(newest.created_at) : session.createdAt;
      const messageCount = messages.length;
      await live.restore({ session, lastActivity, messageCount, messages: messages.slice(-keep) });
      const details = await live.get(session.id);
      return details ?? { session, lastActivity, messageCount, expiresAt: null, turn: null };
    },

    async remove(id) {
      if (await live.remove(id)) return true;
      if (!(await isArchived(id))) return false;
      await live.bury(id);
      return true;
    },
  };
}

async function allMessages(archive: Archive, id: string): Promise<StoredMessage[]> {
  const messages: StoredMessage[] = [];
  for (;;) {
    const page = await archive.messages(id, { after: messages.at(-1)?.position ?? 0, limit: READ_BATCH });
    messages.push(...page);
    if (page.length < READ_BATCH) return messages;
  }
}

function forgotten({ session, lastActivity, messageCount }: ArchivedSession): SessionDetails {
  return { session, lastActivity, messageCount, expiresAt: null, turn: null };
}
