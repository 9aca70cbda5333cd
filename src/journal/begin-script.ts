import { countLines } from '../redis/counts.ts';
import { defineScript } from '../redis/script.ts';

/**
 * KEYS  session, messages, turn, previous turn, idempotency, owner's sessions, live sessions, running turns, outbox, counters, holder's turns,
 *       alongside…
 * ARGV  now, owner, session id, turn id, message JSON, lease ms, session ttl ms, has idempotency key, window (0 = the session's),
 *       new session JSON ('' = none), its guard, its limit, archive, options JSON, door, detached,
 *       most turns of the holder (0 = any number), counts
 * Replies {'missing'}, {'replay', turn}, {'busy', turn}, {'unfinished', turn}, {'crowded'} or
 *         {'begun', epoch, position, session JSON, outbox id, created, messages, alongside}.
 */
export const beginScript = defineScript(`
local now, owner, session_id, turn_id, message = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local member, most = session_id .. ' ' .. turn_id, tonumber(ARGV[17])
local session_ttl, archive = ARGV[7], ARGV[13] == '1'
local stored = redis.call('HMGET', KEYS[1], 'data', 'guard', 'limit')
local created = 0
if stored[1] == false then
  if ARGV[10] == '' then return {'missing'} end
  stored = {ARGV[10], ARGV[11], ARGV[12]}
  created = 1
elseif stored[2] ~= '*' and stored[2] ~= owner then
  return {'missing'}
end

local turn = redis.call('HMGET', KEYS[3], 'id', 'status', 'lease', 'position', 'outbox', 'epoch')
local again = turn[1] == turn_id
if not again then
  if ARGV[8] == '1' then
    local known = redis.call('GET', KEYS[5])
    if known then return {'replay', known} end
  end
  local open = turn[2] == 'running' or turn[2] == 'pending'
  if open and tonumber(turn[3]) > tonumber(now) then return {'busy', turn[1]} end
  if open or turn[2] == 'suspended' or turn[2] == 'awaiting' then return {'unfinished', turn[1]} end
  if most > 0 then
    local running = 0
    for _, other in ipairs(redis.call('SMEMBERS', KEYS[11])) do
      local lease = redis.call('ZSCORE', KEYS[8], other)
      if lease and tonumber(lease) > tonumber(now) then running = running + 1 else redis.call('SREM', KEYS[11], other) end
    end
    if running >= most then return {'crowded'} end
    redis.call('SADD', KEYS[11], member)
    redis.call('PEXPIRE', KEYS[11], session_ttl)
  end
end

local window = tonumber(ARGV[9])
if window == 0 then window = tonumber(stored[3]) end
local last = again and -2 or -1
local history = redis.call('LRANGE', KEYS[2], last - window + 1, last)

local position, outbox_id, epoch = turn[4], turn[5], turn[6]
if not again then
  if created == 1 then
    redis.call('HSET', KEYS[1], 'data', stored[1], 'guard', stored[2], 'limit', stored[3], 'position', 0)
    redis.call('ZADD', KEYS[6], now, session_id)
  end
  position = redis.call('HINCRBY', KEYS[1], 'position', 1)
  local placed = '{"position":' .. position .. ',' .. string.sub(message, 2)
  redis.call('RPUSH', KEYS[2], placed)
  outbox_id = ''
  if archive then
    outbox_id = redis.call('XADD', KEYS[9], '*', 'entry', '{"kind":"message","session":' .. stored[1] .. ',"message":' .. placed .. '}')
  end
  if turn[1] then redis.call('RENAME', KEYS[3], KEYS[4]) end
  epoch = 1
  redis.call('HSET', KEYS[3], 'id', turn_id, 'epoch', epoch, 'status', ARGV[16] == '1' and 'pending' or 'running', 'seq', 0, 'position', position, 'outbox', outbox_id, 'options', ARGV[14], 'door', ARGV[15])
  if ARGV[8] == '1' then redis.call('SET', KEYS[5], turn_id, 'PX', session_ttl) end
  ${countLines('KEYS[10]', 'ARGV[18]')}
end
-- XX: another caller who knows the id gets no entry in a list of its own.
redis.call('ZADD', KEYS[6], 'XX', now, session_id)
local lease_until = tonumber(now) + tonumber(ARGV[6])
redis.call('HSET', KEYS[3], 'lease', lease_until)
redis.call('ZADD', KEYS[8], lease_until, member)
redis.call('HSET', KEYS[1], 'active', now)
redis.call('ZADD', KEYS[7], tonumber(now) + tonumber(session_ttl), session_id)
for i = 1, 4 do redis.call('PEXPIRE', KEYS[i], session_ttl) end
redis.call('PEXPIRE', KEYS[6], session_ttl)

local alongside = {}
for i = 12, #KEYS do alongside[i - 11] = redis.call('GET', KEYS[i]) end
return {'begun', tonumber(epoch), tonumber(position), stored[1], outbox_id, created, history, alongside}
`);
