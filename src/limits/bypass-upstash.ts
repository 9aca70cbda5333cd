import type { Redis } from '@upstash/redis/cloudflare';
import { orMemoryUnavailable } from '../redis/upstash-client.ts';
import type { BypassList } from './bypass-list.ts';

/** How long an isolate believes what it was told: a change reaches the others within this time. */
const REMEMBERED_MS = 30_000;
/** More addresses than are denied at once in one isolate; beyond that it forgets them all and asks again. */
const REMEMBERED_MAX = 5_000;

export type RememberedBypass = Map<string, { listed: boolean; until: number }>;

export interface UpstashBypassOptions {
  redis: Redis;
  /** A set. */
  key: string;
  /** Lives as long as the isolate. */
  remembered: RememberedBypass;
  now(): number;
}

export function upstashBypass({ redis, key, remembered, now }: UpstashBypassOptions): BypassList {
  function remember(address: string, listed: boolean): void {
    if (remembered.size >= REMEMBERED_MAX) remembered.clear();
    remembered.set(address, { listed, until: now() + REMEMBERED_MS });
  }

  return {
    async list() {
      return (await orMemoryUnavailable(redis.smembers(key))).toSorted();
    },
    async add(address) {
      await orMemoryUnavailable(redis.sadd(key, address));
      remember(address, true);
    },
    async remove(address) {
      const removed = await orMemoryUnavailable(redis.srem(key, address));
      remember(address, false);
      return removed === 1;
    },
    async has(address) {
      const known = remembered.get(address);
      if (known && known.until > now()) return known.listed;
      const listed = (await redis.sismember(key, address).catch(() => 0)) === 1;
      remember(address, listed);
      return listed;
    },
  };
}
