import { defineScript } from '../redis/script.ts';

/**
 * Takes an unfinished turn over under the next epoch: one that was never started, was let go, or whose lease has lapsed. One that waits for
 * a person is taken when its time is over, or when it is not to wait any longer.
 * KEYS  session, messages, turn, running turns, leases of reservations, alongside…
 * ARGV  turn id, now, lease ms, messages to read, member of running turns, wait no longer, grace of reservations ms
 * Replies {'missing'}, {'held'}, {'awaiting'}, {'ended'} or {'claimed', epoch, session JSON, outbox id, options JSON, stop, messages, alongside, answers JSON, not all answered, epoch that waited last,
 *         recollection JSON ('' = none), charge JSON, reserved, standing, whether the reservation still counts}.
 */
export const claimScript = defineScript(`
local turn = redis.call('HMGET', KEYS[3], 'id', 'status', 'lease', 'outbox', 'options', 'stop', 'answers', 'rested', 'charge', 'reserved', 'standing')
local data = redis.call('HGET', KEYS[1], 'data')
if turn[1] ~= ARGV[1] or not data then
  redis.call('ZREM', KEYS[4], ARGV[5])
  return {'missing'}
end
local running = turn[2] == 'running'
if running and tonumber(turn[3]) > tonumber(ARGV[2]) then return {'held'} end
local awaiting = turn[2] == 'awaiting'
if awaiting and ARGV[6] ~= '1' and tonumber(turn[3]) > tonumber(ARGV[2]) then return {'awaiting'} end
if not running and not awaiting and turn[2] ~= 'suspended' and turn[2] ~= 'pending' then
  redis.call('ZREM', KEYS[4], ARGV[5])
  return {'ended'}
end
local lease_until = tonumber(ARGV[2]) + tonumber(ARGV[3])
local epoch = redis.call('HINCRBY', KEYS[3], 'epoch', 1)
redis.call('HSET', KEYS[3], 'status', 'running', 'lease', lease_until)
redis.call('ZADD', KEYS[4], lease_until, ARGV[5])
local alive = redis.call('ZSCORE', KEYS[5], ARGV[5])
if alive and tonumber(alive) > tonumber(ARGV[2]) then
  alive = 1
  redis.call('ZADD', KEYS[5], lease_until + tonumber(ARGV[7]), ARGV[5])
else
  alive = 0
  redis.call('ZREM', KEYS[5], ARGV[5])
end
local alongside = {}
for i = 6, #KEYS do alongside[i - 5] = redis.call('GET', KEYS[i]) end
local messages = redis.call('LRANGE', KEYS[2], -tonumber(ARGV[4]), -1)
local said = {'[' .. (turn[7] or '') .. ']', awaiting and 1 or 0, tonumber(turn[8] or 0)}
return {'claimed', epoch, data, turn[4], turn[5], turn[6] == '1' and 1 or 0, messages, alongside, said[1], said[2], said[3],
  redis.call('HGET', KEYS[1], 'recollection') or '', turn[9] or '', turn[10] or '', turn[11] or '', alive}
`);
