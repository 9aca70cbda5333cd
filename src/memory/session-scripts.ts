import { countLines } from '../redis/counts.ts';
import { defineScript } from '../redis/script.ts';

/**
 * KEYS session, owner's sessions, live sessions, counters, messages, outbox.
 * ARGV id, session JSON, guard, limit, created at ms, session ttl ms, archive, counts, then the messages that it begins with, as JSON.
 */
export const createSessionScript = defineScript(`
local count = #ARGV - 8
redis.call('HSET', KEYS[1], 'data', ARGV[2], 'guard', ARGV[3], 'limit', ARGV[4], 'position', count, 'active', ARGV[5])
redis.call('PEXPIRE', KEYS[1], ARGV[6])
redis.call('ZADD', KEYS[2], ARGV[5], ARGV[1])
redis.call('PEXPIRE', KEYS[2], ARGV[6])
redis.call('ZADD', KEYS[3], tonumber(ARGV[5]) + tonumber(ARGV[6]), ARGV[1])
${countLines('KEYS[4]', 'ARGV[8]')}
for i = 9, #ARGV do
  redis.call('RPUSH', KEYS[5], ARGV[i])
  if ARGV[7] == '1' then
    redis.call('XADD', KEYS[6], '*', 'entry', '{"kind":"message","session":' .. ARGV[2] .. ',"message":' .. ARGV[i] .. '}')
  end
end
if count > 0 then redis.call('PEXPIRE', KEYS[5], ARGV[6]) end
return 1
`);

/** Lines that answer false unless the session (KEYS[1]) exists for the owner (ARGV[1]). */
const GUARD = `
local guard = redis.call('HGET', KEYS[1], 'guard')
if not guard or (guard ~= '*' and guard ~= ARGV[1]) then return false end
`;

/** KEYS session, turn, messages, deleted. ARGV owner, messages to read (0 = none). Replies {session fields, turn fields, messages, ttl ms}, null, or 0 when it was deleted. */
export const readSessionScript = defineScript(`
if redis.call('EXISTS', KEYS[1]) == 0 and redis.call('EXISTS', KEYS[4]) == 1 then return 0 end
${GUARD}
local messages = {}
if ARGV[2] ~= '0' then messages = redis.call('LRANGE', KEYS[3], -tonumber(ARGV[2]), -1) end
return {
  redis.call('HMGET', KEYS[1], 'data', 'active', 'position', 'recollection'),
  redis.call('HMGET', KEYS[2], 'id', 'status', 'lease', 'door', 'questions'),
  messages,
  redis.call('PTTL', KEYS[1])
}
`);

/**
 * KEYS session, outbox. ARGV owner, session JSON as it was read, new session JSON, limit, archive.
 * Replies 1, 0 when it has changed since, or null when there is none. The archive knows a session from its first message on.
 */
export const changeSessionScript = defineScript(`
${GUARD}
local was = redis.call('HMGET', KEYS[1], 'data', 'position')
if was[1] ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'data', ARGV[3], 'limit', ARGV[4])
if ARGV[5] == '1' and tonumber(was[2]) > 0 then
  redis.call('XADD', KEYS[2], '*', 'entry', '{"kind":"session","session":' .. ARGV[3] .. '}')
end
return 1
`);

/**
 * KEYS session, owner's sessions, live sessions, running turns, outbox, deleted, then everything else that goes with the session.
 * ARGV owner, id, outbox entry ('' = no archive), member of running turns, how long to remember, ms. Replies 1, or null when there is none.
 */
export const removeSessionScript = defineScript(`
${GUARD}
redis.call('DEL', KEYS[1], unpack(KEYS, 7))
redis.call('ZREM', KEYS[2], ARGV[2])
redis.call('ZREM', KEYS[3], ARGV[2])
redis.call('ZREM', KEYS[4], ARGV[4])
if ARGV[3] ~= '' then
  redis.call('SET', KEYS[6], '1', 'PX', ARGV[5])
  redis.call('XADD', KEYS[5], '*', 'entry', ARGV[3])
end
return 1
`);

/** KEYS deleted, outbox. ARGV outbox entry, how long to remember, ms. */
export const burySessionScript = defineScript(`
redis.call('SET', KEYS[1], '1', 'PX', ARGV[2])
redis.call('XADD', KEYS[2], '*', 'entry', ARGV[1])
return 1
`);

/**
 * KEYS session, messages, owner's sessions, live sessions, deleted.
 * ARGV id, session JSON, guard, limit, position, last activity ms, session ttl ms, now, then the last messages as JSON.
 * Replies 0 when the session is there, or was deleted.
 */
export const restoreSessionScript = defineScript(`
if redis.call('EXISTS', KEYS[1]) == 1 or redis.call('EXISTS', KEYS[5]) == 1 then return 0 end
redis.call('HSET', KEYS[1], 'data', ARGV[2], 'guard', ARGV[3], 'limit', ARGV[4], 'position', ARGV[5], 'active', ARGV[6])
redis.call('DEL', KEYS[2])
for i = 9, #ARGV do redis.call('RPUSH', KEYS[2], ARGV[i]) end
redis.call('ZADD', KEYS[3], ARGV[6], ARGV[1])
redis.call('ZADD', KEYS[4], tonumber(ARGV[8]) + tonumber(ARGV[7]), ARGV[1])
for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], ARGV[7]) end
return 1
`);
