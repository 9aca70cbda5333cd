import { errors } from '@upstash/redis';
import type { Env } from '../../src/env.ts';
import { upstashClient } from '../../src/redis/upstash-client.ts';
import { fine, note, wrong, type Finding } from './finding.ts';
import { timeProbe } from './time-probe.ts';

/** Beyond this a turn's first word is late by what can be felt. */
const SLOW_MS = 100;

/** Asks Redis to run a script, which is what every turn asks of it. */
export async function probeRedis(env: Env): Promise<Finding[]> {
  const about = `Redis at ${new URL(env.UPSTASH_REDIS_REST_URL).host}`;
  const redis = upstashClient(env);
  try {
    await redis.ping();
    const { value, ms } = await timeProbe(() => redis.eval('return 1', [], []));
    if (String(value) !== '1') return [wrong(about, 'answers, but does not run scripts')];
    const slow = note(about, `a round trip takes ${ms} ms, and each turn waits for one: is it in the Worker's region?`);
    return [fine(about, `runs scripts, ${ms} ms a round trip`), ...(ms > SLOW_MS ? [slow] : [])];
  } catch (error) {
    const refused = error instanceof errors.UpstashError && /unauthorized|WRONGPASS/i.test(error.message);
    if (refused) return [wrong(about, 'refuses UPSTASH_REDIS_REST_TOKEN')];
    return [wrong(about, 'cannot be reached: see UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN')];
  }
}
