import { SETTLE } from '../budgets/budget-scripts.ts';
import { countLines } from '../redis/counts.ts';
import { defineScript } from '../redis/script.ts';
import { FENCE, WRITE_CHUNKS } from './append-script.ts';

/**
 * KEYS  turn, journal, session, messages, running turns, live sessions, outbox, counters, keys of the charge…
 * ARGV  turn id, epoch, first seq, last seq, chunks, now, status, message JSON ('' = none), messages to keep, session ttl ms,
 *       journal ttl ms, archive, member of running turns, session id, counts, bill JSON ('' = none)
 * Replies {0} when the lease is lost, else {1, position of the message (0 = none), outbox id ('' = none)}; the same again when repeated.
 */
export const endScript = defineScript(`
${SETTLE}
${FENCE}
if not mine then return {0} end
if turn[3] ~= 'running' then
  local ended = redis.call('HMGET', KEYS[1], 'ended_position', 'ended_outbox')
  return {1, tonumber(ended[1]), ended[2]}
end
local data = redis.call('HGET', KEYS[3], 'data')
if not data then return {0} end
${WRITE_CHUNKS}
local last = math.max(tonumber(ARGV[4]), tonumber(turn[4]))
redis.call('XADD', KEYS[2], ARGV[2] .. '-' .. (last + 1), 'end', ARGV[7])
local position, outbox_id = 0, ''
if ARGV[8] ~= '' then
  position = redis.call('HGET', KEYS[1], 'provisional')
  if position then redis.call('RPOP', KEYS[4]) else position = redis.call('HINCRBY', KEYS[3], 'position', 1) end
  local placed = '{"position":' .. position .. ',' .. string.sub(ARGV[8], 2)
  redis.call('RPUSH', KEYS[4], placed)
  redis.call('LTRIM', KEYS[4], -tonumber(ARGV[9]), -1)
  if ARGV[12] == '1' then
    outbox_id = redis.call('XADD', KEYS[7], '*', 'entry', '{"kind":"message","session":' .. data .. ',"message":' .. placed .. '}')
  end
end
redis.call('HSET', KEYS[1], 'status', ARGV[7], 'lease', 0, 'ended_position', position, 'ended_outbox', outbox_id)
redis.call('HSET', KEYS[3], 'active', ARGV[6])
redis.call('ZREM', KEYS[5], ARGV[13])
if ARGV[16] ~= '' then settle(cjson.decode(ARGV[16]), ARGV[13]) end
redis.call('ZADD', KEYS[6], tonumber(ARGV[6]) + tonumber(ARGV[10]), ARGV[14])
${countLines('KEYS[8]', 'ARGV[15]')}
for _, key in ipairs({KEYS[1], KEYS[3], KEYS[4]}) do redis.call('PEXPIRE', key, ARGV[10]) end
redis.call('PEXPIRE', KEYS[2], ARGV[11])
return {1, tonumber(position), outbox_id}
`);
