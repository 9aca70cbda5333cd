import { countLines } from '../redis/counts.ts';
import { defineScript } from '../redis/script.ts';
import { FENCE } from './append-script.ts';

/**
 * KEYS  turn, previous turn, session, messages, idempotency, running turns, live sessions, owner's sessions, outbox, counters,
 *       leases of reservations
 * ARGV  turn id, epoch, outbox id ('' = none), session was created for this turn, has idempotency key, member of running turns, session id, counts
 */
export const cancelScript = defineScript(`
${FENCE}
if not mine or turn[3] ~= 'running' then return 0 end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[6], ARGV[6])
redis.call('ZREM', KEYS[11], ARGV[6])
if ARGV[3] ~= '' then redis.call('XDEL', KEYS[9], ARGV[3]) end
if ARGV[5] == '1' then redis.call('DEL', KEYS[5]) end
${countLines('KEYS[10]', 'ARGV[8]')}
if ARGV[4] == '1' then
  redis.call('DEL', KEYS[3], KEYS[4])
  redis.call('ZREM', KEYS[7], ARGV[7])
  redis.call('ZREM', KEYS[8], ARGV[7])
  return 1
end
redis.call('RPOP', KEYS[4])
redis.call('HINCRBY', KEYS[3], 'position', -1)
if redis.call('EXISTS', KEYS[2]) == 1 then redis.call('RENAME', KEYS[2], KEYS[1]) end
return 1
`);
