import { SETTLE } from '../budgets/budget-scripts.ts';
import { defineScript } from '../redis/script.ts';
import { FENCE, WRITE_CHUNKS } from './append-script.ts';

/**
 * The turn waits for a person. Its message so far takes the place that the whole one will have; everything outlives the session's usual time.
 * KEYS  turn, journal, session, messages, running turns, live sessions, owner's sessions, keys of the charge…
 * ARGV  turn id, epoch, first seq, last seq, chunks, expires at, message JSON, questions JSON, ttl ms, live until, member of running turns,
 *       session id, bill JSON ('' = none), then the id and the kind of every question
 * Replies {0} when the lease is lost, {2} when somebody wants the turn stopped, else {1, position of the message}; the same when repeated.
 */
export const waitScript = defineScript(`
${SETTLE}
${FENCE}
local provisional = redis.call('HGET', KEYS[1], 'provisional')
if not mine then return {0} end
if turn[3] == 'awaiting' then return {1, tonumber(provisional)} end
local data = redis.call('HGET', KEYS[3], 'data')
if turn[3] ~= 'running' or not data then return {0} end
if turn[5] == '1' then return {2} end
${WRITE_CHUNKS}
local last = math.max(tonumber(ARGV[4]), tonumber(turn[4]))
redis.call('XADD', KEYS[2], ARGV[2] .. '-' .. (last + 1), 'wait', '1')
local position = provisional
if position then redis.call('RPOP', KEYS[4]) else position = redis.call('HINCRBY', KEYS[3], 'position', 1) end
redis.call('RPUSH', KEYS[4], '{"position":' .. position .. ',' .. string.sub(ARGV[7], 2))
redis.call('HSET', KEYS[1], 'status', 'awaiting', 'lease', ARGV[6], 'provisional', position, 'rested', ARGV[2],
  'questions', ARGV[8], 'open', (#ARGV - 13) / 2, 'answers', '')
for i = 14, #ARGV, 2 do redis.call('HSET', KEYS[1], 'question:' .. ARGV[i], ARGV[i + 1]) end
redis.call('ZADD', KEYS[5], ARGV[6], ARGV[11])
if ARGV[13] ~= '' then settle(cjson.decode(ARGV[13]), ARGV[11]) end
redis.call('ZADD', KEYS[6], ARGV[10], ARGV[12])
for i = 1, 4 do redis.call('PEXPIRE', KEYS[i], ARGV[9]) end
redis.call('PEXPIRE', KEYS[7], ARGV[9])
return {1, tonumber(position)}
`);
