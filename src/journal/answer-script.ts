import { defineScript } from '../redis/script.ts';

/**
 * Takes answers to the questions of a waiting turn: all or none of them, each once. With the last one the turn can be claimed.
 * KEYS  session, turn, running turns
 * ARGV  owner, now, member of running turns without the turn, then id, kind and JSON of every answer
 * Replies {'missing'}, {'unknown', id}, {'closed', id, turn}, {'expired', id, turn}, {'open', turn, seq, questions left} or
 *         {'ready', turn, seq, 0}.
 */
export const answerScript = defineScript(`
local guard = redis.call('HGET', KEYS[1], 'guard')
if not guard or (guard ~= '*' and guard ~= ARGV[1]) then return {'missing'} end
local turn = redis.call('HMGET', KEYS[2], 'id', 'status', 'lease', 'seq', 'answers')
for i = 4, #ARGV, 3 do
  local kind = redis.call('HGET', KEYS[2], 'question:' .. ARGV[i])
  if not kind or (kind ~= 'answered' and kind ~= ARGV[i + 1]) then return {'unknown', ARGV[i]} end
  if kind == 'answered' or turn[2] ~= 'awaiting' then return {'closed', ARGV[i], turn[1]} end
  if tonumber(turn[3]) <= tonumber(ARGV[2]) then return {'expired', ARGV[i], turn[1]} end
end
local answers = turn[5]
local left = 0
for i = 4, #ARGV, 3 do
  redis.call('HSET', KEYS[2], 'question:' .. ARGV[i], 'answered')
  if answers ~= '' then answers = answers .. ',' end
  answers = answers .. ARGV[i + 2]
  left = redis.call('HINCRBY', KEYS[2], 'open', -1)
end
redis.call('HSET', KEYS[2], 'answers', answers)
if left > 0 then return {'open', turn[1], turn[4], left} end
redis.call('HSET', KEYS[2], 'status', 'suspended', 'lease', ARGV[2])
redis.call('ZADD', KEYS[3], ARGV[2], ARGV[3] .. turn[1])
return {'ready', turn[1], turn[4], 0}
`);
