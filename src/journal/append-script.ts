import { defineScript } from '../redis/script.ts';

/** Lines that every script of a producer begins with: whoever lost the lease writes nothing. Needs `turn` = KEYS[1], ARGV[1] = turn id, ARGV[2] = epoch. */
export const FENCE = `
local turn = redis.call('HMGET', KEYS[1], 'id', 'epoch', 'status', 'seq', 'stop')
local mine = turn[1] == ARGV[1] and turn[2] == ARGV[2]
`;

/** Lines that write a batch of chunks once. Needs the journal = KEYS[2], ARGV[3..5] = first seq, last seq, JSON array of chunks ('' = none). */
export const WRITE_CHUNKS = `
if ARGV[5] ~= '' and tonumber(ARGV[4]) > tonumber(turn[4]) then
  redis.call('XADD', KEYS[2], ARGV[2] .. '-' .. ARGV[4], 'first', ARGV[3], 'chunks', ARGV[5])
  redis.call('HSET', KEYS[1], 'seq', ARGV[4])
end
`;

/**
 * KEYS  turn, journal, session, messages, running turns, leases of reservations
 * ARGV  turn id, epoch, first seq, last seq, chunks, now, lease ms, session ttl ms, journal ttl ms, member of running turns, let go,
 *       grace of reservations ms
 * Letting go leaves the turn to whoever claims it next. Replies {0} when the lease is lost, else {1, stop}.
 */
export const appendScript = defineScript(`
${FENCE}
if not mine or turn[3] ~= 'running' then return {0} end
${WRITE_CHUNKS}
local lease_until = tonumber(ARGV[6])
if ARGV[11] == '1' then
  redis.call('HSET', KEYS[1], 'status', 'suspended')
else
  lease_until = lease_until + tonumber(ARGV[7])
end
redis.call('HSET', KEYS[1], 'lease', lease_until)
redis.call('ZADD', KEYS[5], lease_until, ARGV[10])
redis.call('ZADD', KEYS[6], 'XX', lease_until + tonumber(ARGV[12]), ARGV[10])
redis.call('PEXPIRE', KEYS[2], ARGV[9])
for _, key in ipairs({KEYS[1], KEYS[3], KEYS[4]}) do redis.call('PEXPIRE', key, ARGV[8]) end
return {1, turn[5] == '1' and 1 or 0}
`);
