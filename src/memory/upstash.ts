import type { Redis } from '@upstash/redis/cloudflare';
import { z } from 'zod';
import type { ArchiveEntry } from '../archive/archive.ts';
import type { Caller } from '../auth/caller.ts';
import { MEMORY_KEEP_FACTOR, type RedisKeys } from '../redis/keys.ts';
import { runScript, type Script } from '../redis/script.ts';
import { orMemoryUnavailable } from '../redis/upstash-client.ts';
import { guardOf } from './session-guard.ts';
import { changeSessionScript, createSessionScript, readSessionScript, removeSessionScript } from './session-scripts.ts';
import { MOST_TIES, pageOfSessions, parseCursor, type IndexedSession } from './page-of-sessions.ts';
import type { SessionStore, TurnState } from './session-store.ts';
import { questionSchema } from './question.ts';
import { sessionSchema } from './session.ts';
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
  now(): number;
}

const nullable = z.string().nullable();
const readReply = z
  .tuple([
    z.tuple([z.string(), z.string(), z.string()]),
    z.tuple([nullable, nullable, nullable, nullable, nullable]),
    z.array(z.string()),
    z.number(),
  ])
  .nullable();

/** The caller's sessions in Upstash Redis. */
export function upstashSessions(options: UpstashMemoryOptions, caller: Caller): SessionStore {
  const { redis, keys, now } = options;
  const run = (script: Script, names: string[], args: (string | number)[]) =>
    orMemoryUnavailable(runScript(redis, script, names, args));

  async function read(id: string, messageCount: number) {
    const names = [keys.session(id), keys.turn(id), keys.messages(id)];
    const reply = readReply.parse(await run(readSessionScript, names, [caller.owner, messageCount]));
    if (!reply) return null;
    const [[data, active, position], [turnId, ...turn], messages, ttlMs] = reply;
    return {
      stored: data,
      session: sessionSchema.parse(JSON.parse(data)),
      lastActivity: Number(active),
      expiresAt: now() + ttlMs,
      messageCount: Number(position),
      turn: turnId ? { id: turnId, ...turnDetails(turn, now()) } : null,
      messages: messages.map(parseStoredMessage),
    };
  }

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
      await run(createSessionScript, names, [...about, archived, ...history.map((message) => JSON.stringify(message))]);
      const expiresAt = createdAt + options.sessionTtlMs;
      return { session, lastActivity: createdAt, expiresAt, messageCount: history.length, turn: null };
    },

    get: (id) => read(id, 0),
    read: (id) => read(id, options.memoryMax * MEMORY_KEEP_FACTOR),

    async list({ limit, cursor }) {
      const after = cursor === undefined ? null : parseCursor(cursor);
      const index = keys.ownerSessions(caller.owner);
      const range = { byScore: true, rev: true, withScores: true, offset: 0, count: limit + 1 + MOST_TIES } as const;
      const flat = await orMemoryUnavailable(redis.zrange<string[]>(index, after?.createdAt ?? '+inf', '-inf', range));
      const entries = pairs(flat);
      const { page, cursor: next } = pageOfSessions(entries, limit, after);
      const found = await Promise.all(page.map(({ id }) => read(id, 0)));
      const gone = page.filter((_, index) => !found[index]).map(({ id }) => id);
      if (gone.length > 0) await orMemoryUnavailable(redis.zrem(index, ...gone));
      return { sessions: found.filter((item) => item !== null), cursor: next };
    },

    async change(id, change) {
      for (;;) {
        const current = await read(id, 0);
        if (!current) return null;
        const session = { ...current.session, ...change };
        const args = [caller.owner, current.stored, JSON.stringify(session), session.memoryLimit];
        const reply = await run(changeSessionScript, [keys.session(id)], args);
        // 0 says that somebody else has changed it meanwhile: both changes count, so this one is made again on top.
        if (reply !== 0) return reply === null ? null : { ...current, session };
      }
    },

    async remove(id) {
      const current = await read(id, options.memoryMax * MEMORY_KEEP_FACTOR);
      if (!current) return false;
      const turnIds = new Set([current.turn?.id ?? '', ...current.messages.map(({ turn_id }) => turn_id)]);
      const entry: ArchiveEntry = { kind: 'session-deleted', sessionId: id, deletedAt: now(), onDelete: 'erase' };
      const names = [
        keys.session(id),
        keys.ownerSessions(current.session.owner),
        keys.liveSessions,
        keys.runningTurns,
        keys.outbox,
        keys.messages(id),
        keys.turn(id),
        keys.previousTurn(id),
        ...[...turnIds].map((turnId) => keys.journal(id, turnId)),
      ];
      const args = [caller.owner, id, options.archived ? JSON.stringify(entry) : '', `${id} ${current.turn?.id ?? ''}`];
      return (await run(removeSessionScript, names, args)) !== null;
    },
  };
}

type TurnFields = [status: string | null, lease: string | null, door: string | null, questions: string | null];

function turnDetails([status, lease, door, questions]: TurnFields, now: number) {
  const state = turnState(status, Number(lease) > now);
  const waiting =
    state === 'awaiting' && questions !== null
      ? { questions: z.array(questionSchema).parse(JSON.parse(questions)), expiresAt: Number(lease) }
      : null;
  return { door: door ?? 'own', state, waiting };
}

function turnState(status: string | null, leased: boolean): TurnState {
  if (status === 'awaiting') return leased ? 'awaiting' : 'suspended';
  if (status === 'running') return leased ? 'running' : 'suspended';
  return status === 'suspended' || status === 'pending' ? status : 'ended';
}

/** Redis answers members and scores in one flat list. */
function pairs(flat: (string | number)[]): IndexedSession[] {
  const entries: IndexedSession[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) entries.push({ id: String(flat[i]), createdAt: Number(flat[i + 1]) });
  return entries;
}
