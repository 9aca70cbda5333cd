import { inject } from 'vitest';
import { redisKeys } from '../../src/redis/keys.ts';
import { upstashClient } from '../../src/redis/upstash-client.ts';
import { Secret } from '../../src/secret.ts';

/** Lets Redis forget sessions, as it does when they have rested for long. */
export async function forgetSession(namespace: string, ...ids: string[]): Promise<void> {
  const vars = inject('vars');
  const redis = upstashClient({
    UPSTASH_REDIS_REST_URL: vars['UPSTASH_REDIS_REST_URL'] ?? '',
    UPSTASH_REDIS_REST_TOKEN: new Secret(vars['UPSTASH_REDIS_REST_TOKEN'] ?? ''),
  });
  const keys = redisKeys(namespace);
  for (const id of ids) await redis.del(keys.session(id), keys.messages(id), keys.turn(id), keys.previousTurn(id));
}
