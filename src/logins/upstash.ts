import type { Redis } from '@upstash/redis/cloudflare';
import type { RedisKeys } from '../redis/keys.ts';
import { defineScript, runScript } from '../redis/script.ts';
import { orMemoryUnavailable } from '../redis/upstash-client.ts';
import type { LoginMemory } from './login-memory.ts';

/** A copy that somehow went wrong is wrong no longer than this. */
const COPY_SECONDS = 300;
/** Long enough to log in with a second factor. */
export const FLOW_SECONDS = 600;
/** Longer than a renewal may take. */
const LOCK_MS = 20_000;
/** How long an authorization server that did not renew is left alone. */
const FAILED_MS = 5_000;
const FAILED = 'failed';

const WRITE_RENEWED = defineScript(`
if redis.call('GET', KEYS[1]) == '' then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return 1`);
const END_RENEWAL = defineScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] == 'failed' then
  redis.call('SET', KEYS[1], 'failed', 'PX', ARGV[3])
else
  redis.call('DEL', KEYS[1])
end
return 1`);

export function upstashLoginMemory({ redis, keys }: { redis: Redis; keys: RedisKeys }): LoginMemory {
  return {
    readCopy: (key) => orMemoryUnavailable(redis.get<string>(keys.credential(key))),
    async writeCopy(key, value, how) {
      const place = keys.credential(key);
      if (how === 'renewed') {
        await orMemoryUnavailable(runScript(redis, WRITE_RENEWED, [place], [value, COPY_SECONDS]));
        return;
      }
      const options = how === 'fill' ? ({ ex: COPY_SECONDS, nx: true } as const) : { ex: COPY_SECONDS };
      await orMemoryUnavailable(redis.set(place, value, options));
    },
    async keepFlow(state, value) {
      await orMemoryUnavailable(redis.set(keys.loginFlow(state), value, { ex: FLOW_SECONDS }));
    },
    takeFlow: (state) => orMemoryUnavailable(redis.getdel<string>(keys.loginFlow(state))),
    async lockRenewal(key, holder) {
      const place = keys.renewal(key);
      const [taken, present] = await orMemoryUnavailable(
        Promise.all([redis.set(place, holder, { px: LOCK_MS, nx: true }), redis.get<string>(place)]),
      );
      if (taken === 'OK') return 'held';
      return present === FAILED ? 'failed' : 'busy';
    },
    async endRenewal(key, holder, outcome) {
      await orMemoryUnavailable(runScript(redis, END_RENEWAL, [keys.renewal(key)], [holder, outcome, FAILED_MS]));
    },
  };
}
