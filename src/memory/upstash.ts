import type { Redis } from '@upstash/redis/cloudflare';
import type { ArchiveEntry, OnDelete } from '../archive/archive.ts';
import type { Caller } from '../auth/caller.ts';
import { countResponse, ONE_REQUEST } from '../observe/count-response.ts';
import { orPutBack, type Tally } from '../observe/tally.ts';
import { DELETED_MS, MEMORY_KEEP_FACTOR, type RedisKeys } from '../redis/keys.ts';
import { scoredMembers } from '../redis/scored-members.ts';
import { runScript, type Script } from '../redis/script.ts';
import { orMemoryUnavailable } from '../redis/upstash-client.ts';
import { parseRecollection } from './recollection.ts';
import { guardOf } from './session-guard.ts';
import type { LiveSessions } from './live-sessions.ts';
import { MOST_TIES, pageOfSessions } from './page-of-sessions.ts';
import {
  burySessionScript,
  changeSessionScript,
  createSessionScript,
  readSessionScript,
  removeSessionScript,
  restoreSessionScript,
} from './session-scripts.ts';
import { sessionReply, turnDetails } from './session-replies.ts';
import type { SessionChange } from './session-store.ts';
import { sessionSchema, type Session } from './session.ts';
import { parseStoredMessage } from './stored-message.ts';

/** What sessions and turns need of one Redis. */
export interface UpstashMemoryOptions {
  redis: Redis;
  keys: RedisKeys;
  sessionTtlMs: number;
  /** MEMORY_MAX. */
  memoryMax: number;
  /** Whether messages are put into the outbox for an archive. */
  archived: boolean;
  /** HISTORY_ON_DELETE. */
  onDelete: OnDelete;
  now(): number;
  tally: Tally;
  /** The present request is counted by now. */
  onCounted(): void;
}

/** The caller's sessions in Upstash Redis. */
export function upstashSessions(options: UpstashMemoryOptions, caller: Pick<Caller, 'owner'>): LiveSessions {
  const { redis, keys, now } = options;
  const run = (script: Script, names: string[], args: (string | number)[]) =>
    orMemoryUnavailable(runScript(redis, script, names, args));

  async function find(id: string, messageCount: number) {
    const names = [keys.session(id), keys.turn(id), keys.messages(id), keys.deleted(id)];
    const reply = sessionReply.parse(await run(readSessionScript, names, [caller.owner, messageCount]));
    if (!reply) return reply === 0 ? 'deleted' : 'gone';
    const [[data, active, position, recollection], [turnId, ...turn], messages, ttlMs] = reply;
    return {
      stored: data,
      session: sessionSchema.parse(JSON.parse(data)),
      lastActivity: Number(active),
      expiresAt: now() + ttlMs,
      messageCount: Number(position),
      turn: turnId ? { id: turnId, ...turnDetails(turn, now()) } : null,
      messages: messages.map(parseStoredMessage),
      summary: parseRecollection(recollection)?.summary ?? null,
    };
  }

  async function read(id: string, messageCount: number) {
    const found = await find(id, messageCount);
    return typeof found === 'string' ? null : found;
  }

  async function changeIf(id: string, change: SessionChange, mayChange: (session: Session) => boolean) {
    for (;;) {
      const current = await read(id, 0);
      if (!current || !mayChange(current.session)) return null;
      const session = { ...current.session, ...change, revision: current.session.revision + 1 };
      const args = [caller.owner, current.stored, JSON.stringify(session), session.memoryLimit];
      const names = [keys.session(id), keys.outbox];
      const reply = await run(changeSessionScript, names, [...args, options.archived ? 1 : 0]);
      // 0 says that somebody else has changed it meanwhile: both changes count, so this one is made again on top.
      if (reply !== 0) return reply === null ? null : { ...current, session };
    }
  }

  const deletion = (id: string): string => {
    const entry: ArchiveEntry = {
      kind: 'session-deleted',
      sessionId: id,
      deletedAt: now(),
      onDelete: options.onDelete,
    };
    return JSON.stringify(entry);
  };

  return {
    async create(session, history = []) {
      const { id, createdAt } = session;
      const names = [
        keys.session(id),
        keys.ownerSessions(caller.owner),
        keys.liveSessions,
        keys.counters,
        keys.messages(id),
        keys.outbox,
      ];
      const about = [
        id,
        JSON.stringify(session),
        guardOf(session.owner),
        session.memoryLimit,
        createdAt,
        options.sessionTtlMs,
      ];
      const archived = options.archived ? 1 : 0;
      const response = countResponse({ status: 201, code: undefined, durationMs: now() - createdAt });
      const counts = options.tally.carry({ ...ONE_REQUEST, ...response });
      const begins = history.map((message) => JSON.stringify(message));
      await orPutBack(counts, run(createSessionScript, names, [...about, archived, counts.text, ...begins]));
      options.onCounted();
      const expiresAt = createdAt + options.sessionTtlMs;
      return { session, lastActivity: createdAt, expiresAt, messageCount: history.length, turn: null };
    },

    get: (id) => read(id, 0),
    read: (id) => read(id, options.memoryMax * MEMORY_KEEP_FACTOR),

    async page({ limit, before }) {
      const index = keys.ownerSessions(caller.owner);
      const range = { byScore: true, rev: true, withScores: true, offset: 0, count: limit + 1 + MOST_TIES } as const;
      const flat = await orMemoryUnavailable(redis.zrange<string[]>(index, before?.time ?? '+inf', '-inf', range));
      const places = scoredMembers(flat).map(({ member, score }) => ({ id: member, time: score }));
      const { page, more } = pageOfSessions(places, limit, before);
      const found = await Promise.all(page.map(async (place) => ({ place, details: await read(place.id, 0) })));
      const gone = found.filter(({ details }) => !details).map(({ place }) => place.id);
      if (gone.length > 0) await orMemoryUnavailable(redis.zrem(index, ...gone));
      return {
        sessions: found.flatMap(({ place, details }) => (details ? [{ place, details }] : [])),
        reachesTo: (more && page.at(-1)) || null,
      };
    },

    async look(ids) {
      if (ids.length === 0) return [];
      const [found, scores] = await Promise.all([
        Promise.all(ids.map((id) => find(id, 0))),
        orMemoryUnavailable(redis.zmscore(keys.ownerSessions(caller.owner), [...ids])),
      ]);
      return found.map((details, index) =>
        typeof details === 'string'
          ? { kind: details === 'deleted' ? 'deleted' : 'gone' }
          : { kind: 'live', details, listed: typeof scores?.[index] === 'string' },
      );
    },

    change: (id, change) => changeIf(id, change, () => true),
    async nameUntitled(id, title) {
      await changeIf(id, { title }, (session) => session.title === null);
    },
    async restore({ session, lastActivity, messageCount, messages }) {
      const { id, owner, memoryLimit } = session;
      const names = [
        keys.session(id),
        keys.messages(id),
        keys.ownerSessions(owner),
        keys.liveSessions,
        keys.deleted(id),
      ];
      const about = [id, JSON.stringify(session), guardOf(owner), memoryLimit, messageCount, lastActivity];
      const texts = messages.map((message) => JSON.stringify(message));
      await run(restoreSessionScript, names, [...about, options.sessionTtlMs, now(), ...texts]);
    },

    async bury(id) {
      await run(burySessionScript, [keys.deleted(id), keys.outbox], [deletion(id), DELETED_MS]);
    },

    async remove(id) {
      const current = await read(id, options.memoryMax * MEMORY_KEEP_FACTOR);
      if (!current) return false;
      const turnIds = new Set([current.turn?.id ?? '', ...current.messages.map(({ turn_id }) => turn_id)]);
      const names = [
        keys.session(id),
        keys.ownerSessions(current.session.owner),
        keys.liveSessions,
        keys.runningTurns,
        keys.outbox,
        keys.deleted(id),
        keys.messages(id),
        keys.turn(id),
        keys.previousTurn(id),
        ...[...turnIds].map((turnId) => keys.journal(id, turnId)),
      ];
      const entry = options.archived ? deletion(id) : '';
      const args = [caller.owner, id, entry, `${id} ${current.turn?.id ?? ''}`, DELETED_MS];
      return (await run(removeSessionScript, names, args)) !== null;
    },
  };
}
