import type { Redis } from '@upstash/redis/cloudflare';
import { z } from 'zod';
import { MOST_TIES, comparePlaces } from '../memory/page-of-sessions.ts';
import { sessionSchema, type Session } from '../memory/session.ts';
import { parseStoredMessage, type StoredMessage } from '../memory/stored-message.ts';
import type { RedisKeys } from '../redis/keys.ts';
import { scoredMembers } from '../redis/scored-members.ts';
import { runScript, type Script } from '../redis/script.ts';
import { orMemoryUnavailable } from '../redis/upstash-client.ts';
import { findArchivedScript, readArchivedScript } from './archive-scripts.ts';
import { upstashArchiveWrites } from './archive-writes-upstash.ts';
import type { Archive, ArchivedSession, FoundMessage } from './archive.ts';
import { holdsWords } from './holds-words.ts';

/** A search looks through messages one by one: at most this many sessions a call, and the caller comes back for the rest. */
const SEARCH_SESSIONS = 20;
const SEARCH_MESSAGES = 1000;

const foundReply = z.tuple([z.string(), z.coerce.number(), z.coerce.number()]).nullable();
const messagesReply = z.array(z.string().nullable());

/** The archive in Redis: one hash and one sorted set a session, without a lifetime. Rejects with AppError `memory_unavailable`. */
export function upstashArchive({ redis, keys }: { redis: Redis; keys: RedisKeys }): Archive {
  const run = (script: Script, names: string[], args: (string | number)[]) =>
    orMemoryUnavailable(runScript(redis, script, names, args));

  async function find(id: string): Promise<ArchivedSession | null> {
    const reply = foundReply.parse(
      await run(findArchivedScript, [keys.archivedSession(id), keys.archivedOrder(id)], []),
    );
    if (!reply) return null;
    const [data, lastActivity, messageCount] = reply;
    return { session: readSession(data), lastActivity, messageCount };
  }

  async function read(id: string, direction: '<' | '>', after: number, limit: number): Promise<StoredMessage[]> {
    const names = [keys.archivedOrder(id), keys.archivedMessages(id)];
    const texts = messagesReply.parse(await run(readArchivedScript, names, [direction, after, limit]));
    return texts.filter((text) => text !== null).map(parseStoredMessage);
  }

  const archive: Archive = {
    ...upstashArchiveWrites({ redis, keys }),
    find,
    messages: (id, { after, limit }) => read(id, '>', after, limit),
    latest: async (id, limit) => (await read(id, '<', 0, limit)).reverse(),

    async list(owner, { limit, before }) {
      const range = { byScore: true, rev: true, withScores: true, offset: 0, count: limit + MOST_TIES } as const;
      const flat = await orMemoryUnavailable(
        redis.zrange<string[]>(keys.archivedOf(owner), before?.time ?? '+inf', '-inf', range),
      );
      const places = scoredMembers(flat)
        .map(({ member, score }) => ({ id: member, time: score }))
        .filter((place) => !before || comparePlaces(before, place) < 0);
      const found = await Promise.all(places.slice(0, limit).map(({ id }) => find(id)));
      return found.filter((item) => item !== null);
    },

    async search(owner, { words, limit, before }) {
      const found: FoundMessage[] = [];
      const begun = before && before.position > 1 ? await find(before.sessionId) : null;
      const page = before && { time: before.time, id: before.sessionId };
      const listed = await archive.list(owner, { limit: SEARCH_SESSIONS, before: page });
      const own = begun && begun.session.owner === owner && before ? [{ ...begun, lastActivity: before.time }] : [];
      for (const { session, lastActivity } of [...own, ...listed]) {
        const below = session.id === before?.sessionId ? before.position : Infinity;
        const messages = await read(session.id, '<', 0, SEARCH_MESSAGES);
        for (const message of messages.filter(({ position }) => position < below)) {
          if (!holdsWords(message.message, words)) continue;
          found.push({ sessionId: session.id, title: session.title, message });
          if (found.length === limit) {
            return { found, next: { time: lastActivity, sessionId: session.id, position: message.position } };
          }
        }
      }
      const last = listed.length === SEARCH_SESSIONS ? listed.at(-1) : undefined;
      return { found, next: last ? { time: last.lastActivity, sessionId: last.session.id, position: 1 } : null };
    },
  };
  return archive;
}

function readSession(text: string): Session {
  return sessionSchema.parse(JSON.parse(text));
}
