import type { Redis } from '@upstash/redis/cloudflare';
import { z } from 'zod';
import type { RedisKeys } from '../redis/keys.ts';
import { runScript, type Script } from '../redis/script.ts';
import { orMemoryUnavailable } from '../redis/upstash-client.ts';
import { archiveEntrySchema, type ArchiveEntry } from './archive.ts';
import { buryItemScript, RETRY_BATCH, retryScript } from './outbox-scripts.ts';
import type { DeadLetter, Outbox, OutboxItem } from './outbox.ts';

/** Stream entries as Redis answers them: `[id, [field, value, …]]`. */
const streamReply = z.array(z.tuple([z.string(), z.array(z.string())]));
const triesSchema = z.object({ count: z.number(), refusals: z.number(), until: z.number() });
const triesReply = z.array(z.string().nullable()).nullable();
const deadFields = z.tuple([
  z.literal('entry'),
  z.string(),
  z.literal('tries'),
  z.coerce.number(),
  z.literal('reason'),
  z.string(),
  z.literal('died'),
  z.coerce.number(),
]);

/** The outbox as a Redis stream: its ids are the times at which entries came in. */
export function upstashOutbox({ redis, keys }: { redis: Redis; keys: RedisKeys }): Outbox {
  const run = (script: Script, names: string[], args: (string | number)[]) =>
    orMemoryUnavailable(runScript(redis, script, names, args));
  const from = (after: string | null) => (after === null ? '-' : `(${after}`);
  const read = async (key: string, start: string, end: string, count: number) =>
    streamReply.parse(await orMemoryUnavailable(redis.xrange(key, start, end, count)));

  return {
    async waiting({ after, before, count }) {
      const reply = await read(keys.outbox, from(after), before === null ? '+' : String(before), count);
      return reply.map(([id, [, text]]) => ({ id, entry: readEntry(text) }));
    },
    async remove(ids) {
      if (ids.length > 0) await orMemoryUnavailable(redis.xdel(keys.outbox, [...ids]));
    },
    async tries(ids) {
      if (ids.length === 0) return [];
      const found = triesReply.parse(await orMemoryUnavailable(redis.hmget(keys.outboxTries, ...ids)));
      return ids.map((_, index) => {
        const text = found?.[index];
        return typeof text === 'string' ? triesSchema.parse(JSON.parse(text)) : null;
      });
    },
    async postpone(id, tries) {
      await orMemoryUnavailable(redis.hset(keys.outboxTries, { [id]: JSON.stringify(tries) }));
    },
    async bury(id, { tries, reason, now }) {
      await run(buryItemScript, [keys.outbox, keys.outboxTries, keys.outboxDead], [id, tries, reason, now]);
    },
    async dead({ after, count }) {
      const reply = await read(keys.outboxDead, from(after), '+', count);
      const letters = reply.map(([id, fields]) => deadLetter(id, fields));
      return { letters, next: (reply.length === count && reply.at(-1)?.[0]) || null };
    },
    async counts() {
      const [waiting, dead, first] = await Promise.all([
        orMemoryUnavailable(redis.xlen(keys.outbox)),
        orMemoryUnavailable(redis.xlen(keys.outboxDead)),
        read(keys.outbox, '-', '+', 1),
      ]);
      const oldest = first[0] ? Number(first[0][0].split('-')[0]) : null;
      return { waiting, oldest, dead };
    },
    async retry(ids) {
      if (ids) return ids.length === 0 ? 0 : count(await run(retryScript, [keys.outbox, keys.outboxDead], [...ids]));
      for (let total = 0; ;) {
        const moved = count(await run(retryScript, [keys.outbox, keys.outboxDead], []));
        total += moved;
        if (moved < RETRY_BATCH) return total;
      }
    },
  };
}

const count = (reply: unknown) => z.number().parse(reply);

function deadLetter(id: string, fields: string[]): DeadLetter {
  const [, text, , tries, , reason, , diedAt] = deadFields.parse(fields);
  const entry = readEntry(text);
  return { id, ...subjectOf(entry), tries, reason, diedAt };
}

function subjectOf(entry: ArchiveEntry | null): Pick<DeadLetter, 'kind' | 'sessionId' | 'position'> {
  if (!entry) return { kind: 'unreadable', sessionId: null, position: null };
  if (entry.kind === 'session-deleted') return { kind: entry.kind, sessionId: entry.sessionId, position: null };
  const position = entry.kind === 'message' ? entry.message.position : null;
  return { kind: entry.kind, sessionId: entry.session.id, position };
}

function readEntry(text: string | undefined): OutboxItem['entry'] {
  try {
    return archiveEntrySchema.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}
