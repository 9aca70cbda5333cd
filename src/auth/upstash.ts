import type { Redis } from '@upstash/redis/cloudflare';
import { orMemoryUnavailable } from '../redis/upstash-client.ts';
import { apiKeySchema, type ApiKey } from './api-key.ts';

const KEPT_SECONDS = 10 * 60;
/** Longer than any lookup that began before the key was revoked. */
const TOMBSTONE_SECONDS = 60 * 60;
const TOMBSTONE = 'revoked';

/** What Redis remembers of the keys in Postgres. */
export interface KeyCache {
  /** Undefined when it is not known here. Never rejects. */
  get(hash: string): Promise<ApiKey | null | undefined>;
  /** Keeps a key for the other isolates, unless it was revoked meanwhile. Never rejects. */
  keep(hash: string, key: ApiKey): Promise<void>;
  /** Rejects with AppError `memory_unavailable`: a key must not live on because nobody could be told. */
  bury(hash: string): Promise<void>;
}

export function upstashKeyCache(redis: Redis, keyOf: (hash: string) => string): KeyCache {
  return {
    async get(hash) {
      const found = await redis.get<string>(keyOf(hash)).catch(() => null);
      if (found === null) return undefined;
      return found === TOMBSTONE ? null : apiKeySchema.parse(JSON.parse(found));
    },
    async keep(hash, key) {
      await redis.set(keyOf(hash), JSON.stringify(key), { nx: true, ex: KEPT_SECONDS }).catch(() => null);
    },
    async bury(hash) {
      await orMemoryUnavailable(redis.set(keyOf(hash), TOMBSTONE, { ex: TOMBSTONE_SECONDS }));
    },
  };
}
