import type { Redis } from '@upstash/redis/cloudflare';
import { z } from 'zod';
import { sessionSchema } from '../memory/session.ts';
import { parseStoredMessage, type StoredMessage } from '../memory/stored-message.ts';
import {
  JOURNAL_AFTER_END_MS,
  JOURNAL_RUNNING_MS,
  LEASE_MS,
  MEMORY_KEEP_FACTOR,
  type RedisKeys,
} from '../redis/keys.ts';
import { runScript, type Script } from '../redis/script.ts';
import { orMemoryUnavailable } from '../redis/upstash-client.ts';
import { ANYBODY, guardOf } from '../memory/session-guard.ts';
import { appendScript } from './append-script.ts';
import { beginScript } from './begin-script.ts';
import { cancelScript } from './cancel-script.ts';
import { endScript } from './end-script.ts';
import { readPage } from './read-page.ts';
import type { BeginResult, BeginTurn, JournalChunk, TurnJournal, TurnLease } from './turn-journal.ts';

export interface UpstashJournalOptions {
  redis: Redis;
  keys: RedisKeys;
  sessionTtlMs: number;
  /** MEMORY_MAX. */
  memoryMax: number;
  /** Whether messages are put into the outbox for an archive. */
  archived: boolean;
  now(): number;
}

/** Entries a read takes at most; a flush writes one. */
const PAGE = 500;

const text = z.string();
const refusedReply = z.tuple([z.enum(['missing', 'replay', 'busy'])]).rest(text);
const begunReply = z.tuple([
  z.literal('begun'),
  z.number(),
  z.number(),
  text,
  text,
  z.number(),
  z.array(text),
  z.array(text.nullable()),
]);
const beginReply = z.union([begunReply, refusedReply]);
const appendReply = z.union([z.tuple([z.literal(0)]), z.tuple([z.literal(1), z.number()])]);
const endReply = z.union([z.tuple([z.literal(0)]), z.tuple([z.literal(1), z.number(), text])]);

/** The journal in Upstash Redis: one script a step, each in one command. */
export function upstashJournal(options: UpstashJournalOptions): TurnJournal {
  const { redis, keys, now } = options;
  const run = (script: Script, names: string[], args: (string | number)[]) =>
    orMemoryUnavailable(runScript(redis, script, names, args));
  const idempotencyOf = (sessionId: string, key: string | undefined) => keys.idempotency(sessionId, key ?? '');

  return {
    async begin(request) {
      const { sessionId: id, turnId, createSession } = request;
      const names = [
        keys.session(id),
        keys.messages(id),
        keys.turn(id),
        keys.previousTurn(id),
        idempotencyOf(id, request.idempotencyKey),
        keys.ownerSessions(request.owner),
        keys.liveSessions,
        keys.runningTurns,
        keys.outbox,
        keys.counters,
        ...request.alongside,
      ];
      const reply = await run(beginScript, names, [
        now(),
        request.owner,
        id,
        turnId,
        JSON.stringify(request.message),
        LEASE_MS,
        options.sessionTtlMs,
        flag(request.idempotencyKey !== undefined),
        request.memoryLimit ?? 0,
        createSession ? JSON.stringify(createSession) : '',
        createSession ? guardOf(createSession.owner) : ANYBODY,
        createSession?.memoryLimit ?? 0,
        flag(options.archived),
        request.door,
      ]);
      return beginResult(request, beginReply.parse(reply));
    },

    async append(lease, chunks) {
      const { sessionId: id, turnId } = lease;
      const names = [keys.turn(id), keys.journal(id, turnId), keys.session(id), keys.messages(id), keys.runningTurns];
      const reply = appendReply.parse(
        await run(appendScript, names, [
          turnId,
          lease.epoch,
          ...batch(chunks),
          now(),
          LEASE_MS,
          options.sessionTtlMs,
          JOURNAL_RUNNING_MS,
          member(lease),
        ]),
      );
      return reply[0] === 0 ? { held: false } : { held: true, stop: reply[1] === 1 };
    },

    async end(lease, ending) {
      const { sessionId: id, turnId } = lease;
      const names = [
        keys.turn(id),
        keys.journal(id, turnId),
        keys.session(id),
        keys.messages(id),
        keys.runningTurns,
        keys.liveSessions,
        keys.outbox,
        keys.counters,
      ];
      const reply = endReply.parse(
        await run(endScript, names, [
          turnId,
          lease.epoch,
          ...batch(ending.rest),
          now(),
          ending.status,
          ending.message ? JSON.stringify(ending.message) : '',
          options.memoryMax * MEMORY_KEEP_FACTOR,
          options.sessionTtlMs,
          JOURNAL_AFTER_END_MS,
          flag(options.archived),
          member(lease),
          id,
        ]),
      );
      if (reply[0] === 0) return { held: false };
      const message = ending.message ? { ...ending.message, position: reply[1] } : null;
      return { held: true, message, outboxId: reply[2] || null };
    },

    async read(sessionId, turnId, cursor) {
      const from = cursor === null ? '-' : `(${cursor}`;
      return readPage(
        await orMemoryUnavailable(redis.xrange(keys.journal(sessionId, turnId), from, '+', PAGE)),
        cursor,
      );
    },

    async cancel(begun, idempotencyKey) {
      const { lease, session } = begun;
      const id = lease.sessionId;
      const names = [
        keys.turn(id),
        keys.previousTurn(id),
        keys.session(id),
        keys.messages(id),
        idempotencyOf(id, idempotencyKey),
        keys.runningTurns,
        keys.liveSessions,
        keys.ownerSessions(session.owner),
        keys.outbox,
        keys.counters,
      ];
      const created = flag(begun.created);
      const keyed = flag(idempotencyKey !== undefined);
      await run(cancelScript, names, [
        lease.turnId,
        lease.epoch,
        begun.outboxId ?? '',
        created,
        keyed,
        member(lease),
        id,
      ]);
    },
  };
}

const flag = (value: boolean) => (value ? 1 : 0);
const member = (lease: TurnLease) => `${lease.sessionId} ${lease.turnId}`;

function beginResult(request: BeginTurn, reply: z.infer<typeof beginReply>): BeginResult {
  if (reply[0] !== 'begun')
    return reply[0] === 'missing' ? { kind: 'missing' } : { kind: reply[0], turnId: reply[1] ?? '' };
  const [, epoch, position, session, outboxId, created, history, alongside] = reply;
  return {
    kind: 'begun',
    lease: { sessionId: request.sessionId, turnId: request.turnId, epoch },
    session: sessionSchema.parse(JSON.parse(session)),
    history: history.map((item): StoredMessage => parseStoredMessage(item)),
    userMessage: { ...request.message, position },
    alongside,
    outboxId: outboxId || null,
    created: created === 1,
  };
}

/** First seq, last seq and the chunks as JSON: what the scripts' WRITE_CHUNKS takes. */
function batch(chunks: readonly JournalChunk[]): [number, number, string] {
  const first = chunks[0];
  const last = chunks.at(-1);
  if (!first || !last) return [0, 0, ''];
  return [first.seq, last.seq, JSON.stringify(chunks.map(({ chunk }) => chunk))];
}
