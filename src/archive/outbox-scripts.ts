import { defineScript } from '../redis/script.ts';

/** KEYS outbox, tries, dead. ARGV id, count of tries, reason, now. Replies 0 when the item is gone already. */
export const buryItemScript = defineScript(`
redis.call('HDEL', KEYS[2], ARGV[1])
local item = redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1])
if #item == 0 then return 0 end
redis.call('XADD', KEYS[3], '*', 'entry', item[1][2][2], 'tries', ARGV[2], 'reason', ARGV[3], 'died', ARGV[4])
redis.call('XDEL', KEYS[1], ARGV[1])
return 1
`);

/** How many dead letters one call puts back. */
export const RETRY_BATCH = 100;

/** KEYS outbox, dead. ARGV the dead letters' ids; none: the oldest ones. Replies how many were put back. */
export const retryScript = defineScript(`
local letters = {}
if #ARGV == 0 then letters = redis.call('XRANGE', KEYS[2], '-', '+', 'COUNT', ${RETRY_BATCH}) end
for i, id in ipairs(ARGV) do
  local found = redis.call('XRANGE', KEYS[2], id, id)
  if #found > 0 then table.insert(letters, found[1]) end
end
for i, letter in ipairs(letters) do
  redis.call('XADD', KEYS[1], '*', 'entry', letter[2][2])
  redis.call('XDEL', KEYS[2], letter[1])
end
return #letters
`);
