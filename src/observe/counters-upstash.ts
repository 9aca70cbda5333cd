import type { Redis } from '@upstash/redis/cloudflare';
import { z } from 'zod';
import { countLines } from '../redis/counts.ts';
import type { RedisKeys } from '../redis/keys.ts';
import { defineScript, runScript } from '../redis/script.ts';
import { orMemoryUnavailable } from '../redis/upstash-client.ts';
import type { Counters } from './counters.ts';
import { readMetrics } from './read-metrics.ts';
import { orPutBack, type Tally } from './tally.ts';

const number = z.coerce.number();

/** Redis answers fields and values in one flat list. */
function pairs(reply: unknown): Map<string, number> {
  const flat = z.array(z.string()).parse(reply ?? []);
  const fields = new Map<string, number>();
  for (let i = 0; i + 1 < flat.length; i += 2) fields.set(flat[i] ?? '', Number(flat[i + 1]));
  return fields;
}

/** KEYS counters. ARGV counts. */
const countScript = defineScript(countLines('KEYS[1]', 'ARGV[1]'));

export interface UpstashCountersOptions {
  redis: Redis;
  keys: RedisKeys;
  /** METRICS_ENABLED. */
  enabled: boolean;
  tally: Tally;
  now(): number;
}

/** Reads what the scripts of sessions and turns count as they go. Where nothing is counted, nothing is asked for either. */
export function upstashCounters({ redis, keys, enabled, tally, now }: UpstashCountersOptions): Counters {
  const active = () =>
    Promise.all([
      redis.zcount(keys.liveSessions, now(), '+inf'),
      redis.zcount(keys.runningTurns, now(), '+inf'),
    ] as const);

  async function flush(): Promise<void> {
    const counts = tally.carry({});
    if (counts.text === '') return;
    await orMemoryUnavailable(orPutBack(counts, runScript(redis, countScript, [keys.counters], [counts.text])));
  }

  return {
    flush,
    async read() {
      const totals = enabled ? redis.hmget(keys.counters, 'requests_total', 'responses_total', 'errors_total') : [];
      const [counted, [activeSessions, runningTurns]] = await orMemoryUnavailable(Promise.all([totals, active()]));
      const [requests, responses, errors] = z.array(number).parse(counted);
      return {
        requestsTotal: requests ?? 0,
        responsesTotal: responses ?? 0,
        errorsTotal: errors ?? 0,
        activeSessions,
        runningTurns,
      };
    },
    readMetrics: enabled
      ? async () => {
          await flush();
          const work = Promise.all([redis.hgetall(keys.counters), active()]);
          const [flat, [activeSessions, runningTurns]] = await orMemoryUnavailable(work);
          return { ...readMetrics(pairs(flat)), activeSessions, runningTurns };
        }
      : null,
  };
}
