import type { Redis } from '@upstash/redis/cloudflare';
import { z } from 'zod';
import type { RedisKeys } from '../redis/keys.ts';
import { orMemoryUnavailable } from '../redis/upstash-client.ts';
import { archiveEntrySchema } from './archive.ts';
import type { Outbox, OutboxItem } from './outbox.ts';

/** Stream entries as Redis answers them: `[id, [field, value, …]]`. */
const streamReply = z.array(z.tuple([z.string(), z.array(z.string())]));

/** The outbox as a Redis stream: its ids are the times at which entries came in. */
export function upstashOutbox({ redis, keys }: { redis: Redis; keys: RedisKeys }): Outbox {
  return {
    async waiting({ before, count }) {
      const reply = await orMemoryUnavailable(redis.xrange(keys.outbox, '-', String(before), count));
      return streamReply.parse(reply).map(([id, [, text]]) => ({ id, entry: readEntry(text) }));
    },
    async remove(ids) {
      if (ids.length > 0) await orMemoryUnavailable(redis.xdel(keys.outbox, [...ids]));
    },
  };
}

function readEntry(text: string | undefined): OutboxItem['entry'] {
  try {
    return archiveEntrySchema.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}
