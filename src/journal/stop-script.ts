import { defineScript } from '../redis/script.ts';

/**
 * Asks the producer of a turn to stop; it sees the wish with its next append.
 * KEYS  session, turn
 * ARGV  owner, now
 * Replies null when there is no such session, {'idle'}, {'asked', turn} or, when nobody produces the turn, {'orphaned', turn}.
 */
export const stopScript = defineScript(`
local guard = redis.call('HGET', KEYS[1], 'guard')
if not guard or (guard ~= '*' and guard ~= ARGV[1]) then return false end
local turn = redis.call('HMGET', KEYS[2], 'id', 'status', 'lease')
local running = turn[2] == 'running'
local unfinished = turn[2] == 'suspended' or turn[2] == 'pending' or turn[2] == 'awaiting'
if not running and not unfinished then return {'idle'} end
redis.call('HSET', KEYS[2], 'stop', '1')
if running and tonumber(turn[3]) > tonumber(ARGV[2]) then return {'asked', turn[1]} end
return {'orphaned', turn[1]}
`);
