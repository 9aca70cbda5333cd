import type { Redis } from '@upstash/redis/cloudflare';
import { z } from 'zod';
import type { RedisKeys } from '../redis/keys.ts';
import { orMemoryUnavailable } from '../redis/upstash-client.ts';
import type { Counters } from './counters.ts';

const count = z.coerce.number();

/** Reads what the scripts of sessions and turns count as they go. */
export function upstashCounters({ redis, keys, now }: { redis: Redis; keys: RedisKeys; now(): number }): Counters {
  return {
    async read() {
      const [totals, sessions, turns] = await orMemoryUnavailable(
        Promise.all([
          redis.hmget(keys.counters, 'requests_total', 'responses_total', 'errors_total'),
          redis.zcount(keys.liveSessions, now(), '+inf'),
          redis.zcount(keys.runningTurns, now(), '+inf'),
        ]),
      );
      const [requests, responses, errors] = z.array(count).parse(totals);
      return {
        requestsTotal: requests ?? 0,
        responsesTotal: responses ?? 0,
        errorsTotal: errors ?? 0,
        activeSessions: sessions,
        runningTurns: turns,
      };
    },
  };
}
