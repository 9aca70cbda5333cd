import type { Redis } from '@upstash/redis/cloudflare';
import type { CatalogueCache } from './catalogue-cache.ts';

export function upstashCatalogueCache(redis: Redis): CatalogueCache {
  return {
    async write(key, value, ttlSeconds) {
      await redis.set(key, value, { ex: ttlSeconds });
    },
  };
}
