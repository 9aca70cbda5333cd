import type { Command } from './resp-reply.ts';

const BLOCKING = 'BLPOP BRPOP BLMOVE BLMPOP BRPOPLPUSH BZPOPMIN BZPOPMAX BZMPOP WAIT WAITAOF';
/** They act on a connection, and over HTTP there is none that lasts. */
const CONNECTION_BOUND =
  'MULTI EXEC DISCARD WATCH UNWATCH SELECT AUTH HELLO QUIT RESET SUBSCRIBE PSUBSCRIBE SSUBSCRIBE UNSUBSCRIBE ' +
  'PUNSUBSCRIBE SUNSUBSCRIBE MONITOR';
const ADMINISTRATION = 'SYNC PSYNC REPLICAOF SHUTDOWN DEBUG SAVE BGSAVE MIGRATE SWAPDB CLUSTER';
const REFUSED = new Set(`${BLOCKING} ${CONNECTION_BOUND} ${ADMINISTRATION}`.split(' '));

/**
 * The error for a command that Upstash does not offer over REST, or null. An engine here would run some of them, and
 * code that came to rely on one would fail only after it is deployed.
 */
export function refuseCommand(command: Command): string | null {
  const name = String(command[0]).toUpperCase();
  const blocks =
    (name === 'XREAD' || name === 'XREADGROUP') && command.some((item) => String(item).toUpperCase() === 'BLOCK');
  if (!REFUSED.has(name) && !blocks) return null;
  return `ERR Command is not available: '${name}'. See https://upstash.com/docs/redis/overall/rediscompatibility for details`;
}
