import { defineScript } from '../redis/script.ts';

/** KEYS session, messages. ARGV revision, now, until, messages to read. Replies the messages, or null. */
export const openRecollectionScript = defineScript(`
local was = redis.call('HMGET', KEYS[1], 'data', 'recollected', 'recollecting')
if not was[1] or (was[2] or '0') ~= ARGV[1] then return false end
if was[3] and tonumber(was[3]) > tonumber(ARGV[2]) then return false end
redis.call('HSET', KEYS[1], 'recollecting', ARGV[3])
return redis.call('LRANGE', KEYS[2], -tonumber(ARGV[4]), -1)
`);

/** KEYS session. ARGV revision, the one before, recollection JSON. Replies 0 when it is not the next one. */
export const keepRecollectionScript = defineScript(`
local was = redis.call('HMGET', KEYS[1], 'data', 'recollected')
if not was[1] or (was[2] or '0') ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'recollection', ARGV[3], 'recollected', ARGV[1])
redis.call('HDEL', KEYS[1], 'recollecting')
return 1
`);
