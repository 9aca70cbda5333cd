import { RESERVE } from '../budgets/budget-scripts.ts';
import { countLines } from '../redis/counts.ts';
import { defineScript } from '../redis/script.ts';

/**
 * KEYS  session, messages, turn, previous turn, idempotency, owner's sessions, live sessions, running turns, outbox, counters, holder's turns,
 *       keys of the charge…, alongside…
 * ARGV  now, owner, session id, turn id, message JSON, lease ms, session ttl ms, has idempotency key, window (0 = the session's),
 *       new session JSON ('' = none), its guard, its limit, archive, options JSON, door, detached,
 *       most turns of the holder (0 = any number), counts, charge JSON ('' = none), how many keys it has,
 *       what to reserve JSON ('' = nothing): places, model ('' = the session's), prices by model, output tokens, bytes beside the messages,
 *       no tools, grace ms, ttl ms
 * Replies {'missing'}, {'replay', turn}, {'busy', turn}, {'unfinished', turn}, {'crowded'},
 *         {'overspent', number of the budget, tokens and micro-dollars needed, used and reserved of each budget…} or
 *         {'begun', epoch, position, session JSON, outbox id, created, messages, alongside, tokens and micro-dollars reserved, standing…, recollection JSON ('' = none)}.
 */
export const beginScript = defineScript(`
${RESERVE}
local now, owner, session_id, turn_id, message = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local member, most = session_id .. ' ' .. turn_id, tonumber(ARGV[17])
local session_ttl, archive = ARGV[7], ARGV[13] == '1'
local stored = redis.call('HMGET', KEYS[1], 'data', 'guard', 'limit', 'recollection')
local created = 0
if stored[1] == false then
  if ARGV[10] == '' then return {'missing'} end
  stored = {ARGV[10], ARGV[11], ARGV[12], false}
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
end

local crowd = not again and most > 0
if crowd then
  local running = 0
  for _, other in ipairs(redis.call('SMEMBERS', KEYS[11])) do
    local lease = redis.call('ZSCORE', KEYS[8], other)
    if lease and tonumber(lease) > tonumber(now) then running = running + 1 else redis.call('SREM', KEYS[11], other) end
  end
  if running >= most then return {'crowded'} end
end

local window = tonumber(ARGV[9])
if window == 0 then window = tonumber(stored[3]) end
local last = again and -2 or -1
local history = redis.call('LRANGE', KEYS[2], last - window + 1, last)
local alongside, first = {}, 12 + tonumber(ARGV[20])
for i = first, #KEYS do alongside[i - first + 1] = redis.call('GET', KEYS[i]) end

local lease_until = tonumber(now) + tonumber(ARGV[6])
local tokens, micro, standing = 0, 0, {}
if ARGV[21] ~= '' then
  local wanted, session = cjson.decode(ARGV[21]), cjson.decode(stored[1])
  -- A file in a message is sent as a picture or a page, not as the text that carries it.
  local function size(text)
    local rest, files = string.gsub(text, '"url":"data:[^"]*"', '')
    return #rest + files * 6000
  end
  local bytes = wanted.bytes + #stored[1] + size(message)
  for _, item in ipairs(history) do bytes = bytes + size(item) end
  local none = type(session.mcpServers) == 'table' and #session.mcpServers == 0
  if not wanted.no_tools and not none then
    for i = first, #KEYS do bytes = bytes + #(alongside[i - first + 1] or '') end
  end
  local model = wanted.model
  if model == '' and type(session.model) == 'string' then model = session.model end
  local price = wanted.prices[model] or {input = 0, output = 0}
  local input = math.ceil(bytes / 3)
  tokens, micro = input + wanted.output, math.ceil(input * price.input + wanted.output * price.output)
  local refused
  refused, standing = reserve(wanted.places, member, tonumber(now), lease_until + wanted.grace, wanted.ttl, tokens, micro)
  if refused > 0 and not again then return {'overspent', refused, tokens, micro, standing} end
end
if crowd then
  redis.call('SADD', KEYS[11], member)
  redis.call('PEXPIRE', KEYS[11], session_ttl)
end

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
  redis.call('HSET', KEYS[3], 'id', turn_id, 'epoch', epoch, 'status', ARGV[16] == '1' and 'pending' or 'running', 'seq', 0, 'position', position, 'outbox', outbox_id, 'options', ARGV[14], 'door', ARGV[15],
    'charge', ARGV[19], 'reserved', string.format('%d %d', tokens, micro), 'standing', table.concat(standing, ' '))
  if ARGV[8] == '1' then redis.call('SET', KEYS[5], turn_id, 'PX', session_ttl) end
  ${countLines('KEYS[10]', 'ARGV[18]')}
end
-- XX: another caller who knows the id gets no entry in a list of its own.
redis.call('ZADD', KEYS[6], 'XX', now, session_id)
redis.call('HSET', KEYS[3], 'lease', lease_until)
redis.call('ZADD', KEYS[8], lease_until, member)
redis.call('HSET', KEYS[1], 'active', now)
redis.call('ZADD', KEYS[7], tonumber(now) + tonumber(session_ttl), session_id)
for i = 1, 4 do redis.call('PEXPIRE', KEYS[i], session_ttl) end
redis.call('PEXPIRE', KEYS[6], session_ttl)

return {'begun', tonumber(epoch), tonumber(position), stored[1], outbox_id, created, history, alongside, tokens, micro, standing, stored[4] or ''}
`);
