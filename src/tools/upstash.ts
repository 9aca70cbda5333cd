import type { Redis } from '@upstash/redis/cloudflare';
import type { CatalogueCache } from './catalogue-cache.ts';

export function upstashCatalogueCache(redis: Redis): CatalogueCache {
  return {
    async read(keys) {
      if (keys.length === 0) return [];
      const stored = await redis.mget<unknown[]>(...keys);
      return stored.map((value) => (typeof value === 'string' ? value : null));
    },
    async write(key, value, ttlSeconds) {
      await redis.set(key, value, { ex: ttlSeconds });
    },
    async remove(key) {
      await redis.del(key);
    },
    async claim(key, ttlSeconds) {
      return (await redis.set(key, '1', { nx: true, ex: ttlSeconds })) === 'OK';
    },
  };
}
