import { defineScript } from '../redis/script.ts';

/** Lines that keep the newest settings. Need KEYS[1] = session, KEYS[2] = all sessions, KEYS[3] = owner's sessions, ARGV[1..5] = id, owner, session JSON, revision, time. */
const KEEP_SESSION = `
local was = redis.call('HMGET', KEYS[1], 'owner', 'revision', 'deletion', 'active')
if was[3] == 'erase' then return 0 end
if was[1] and was[1] ~= ARGV[2] and was[3] ~= 'anonymise' then return 0 end
local active = math.max(tonumber(was[4] or 0), tonumber(ARGV[5]))
if was[3] ~= 'anonymise' then
  if tonumber(ARGV[4]) >= tonumber(was[2] or -1) then redis.call('HSET', KEYS[1], 'data', ARGV[3], 'revision', ARGV[4]) end
  redis.call('HSET', KEYS[1], 'owner', ARGV[2])
end
redis.call('HSET', KEYS[1], 'active', active)
redis.call('ZADD', KEYS[2], active, ARGV[1])
if not was[3] then redis.call('ZADD', KEYS[3], active, ARGV[1]) end
`;

/** KEYS session, all sessions, owner's sessions. ARGV id, owner, session JSON, revision, created at ms. */
export const keepSessionScript = defineScript(`
${KEEP_SESSION}
return 1
`);

/** KEYS session, all sessions, owner's sessions, messages, their order. ARGV id, owner, session JSON, revision, time ms, message id, position, message JSON. */
export const keepMessageScript = defineScript(`
${KEEP_SESSION}
if redis.call('HSETNX', KEYS[4], ARGV[6], ARGV[8]) == 1 then redis.call('ZADD', KEYS[5], ARGV[7], ARGV[6]) end
return 1
`);

/** KEYS session, all sessions, messages, their order. ARGV id, what becomes of it, time ms. Replies the owner in whose list it stood, or ''. */
export const burySessionScript = defineScript(`
local owner = redis.call('HGET', KEYS[1], 'owner') or ''
if ARGV[2] == 'erase' then redis.call('DEL', KEYS[1], KEYS[3], KEYS[4]) end
if ARGV[2] == 'anonymise' then redis.call('HDEL', KEYS[1], 'data', 'owner') end
redis.call('HSET', KEYS[1], 'deletion', ARGV[2])
redis.call('HSETNX', KEYS[1], 'active', ARGV[3])
redis.call('ZADD', KEYS[2], redis.call('HGET', KEYS[1], 'active'), ARGV[1])
return owner
`);

/** KEYS session, their order. Replies {session fields, last position} or null when there is none, or it was deleted. */
export const findArchivedScript = defineScript(`
local found = redis.call('HMGET', KEYS[1], 'data', 'active', 'deletion')
if not found[1] or found[3] then return false end
local last = redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')
return {found[1], found[2], last[2] or '0'}
`);

/** KEYS order of messages, messages. ARGV '<' or '>' (newest or oldest first), from position, count. Replies the messages' JSON. */
export const readArchivedScript = defineScript(`
local ids
if ARGV[1] == '>' then
  ids = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[2], '+inf', 'LIMIT', 0, ARGV[3])
else
  ids = redis.call('ZREVRANGEBYSCORE', KEYS[1], '+inf', '-inf', 'LIMIT', 0, ARGV[3])
end
if #ids == 0 then return {} end
return redis.call('HMGET', KEYS[2], unpack(ids))
`);
