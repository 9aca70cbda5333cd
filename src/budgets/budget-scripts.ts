import { defineScript } from '../redis/script.ts';

/**
 * Lua function that reserves for a turn, if every budget covers it. What other turns have reserved counts while their lease, with the grace
 * after it, has not lapsed. Returns the number of the budget that does not cover it (0 = all do), and how each stands: used and reserved.
 * `budget` is what `chargeKeys` calls places.
 */
export const RESERVE = `
local function reserve(budget, member, now, live_until, ttl, tokens, micro)
  local need = {tokens = tokens, micro = micro}
  local held, standing, refused = {}, {}, 0
  for i, limit in ipairs(budget.limits) do
    local sums = held[limit.open]
    if not sums then
      sums = {tokens = 0, micro = 0}
      local open = redis.call('HGETALL', KEYS[limit.open])
      for j = 1, #open, 2 do
        if open[j] ~= member then
          local live = redis.call('ZSCORE', KEYS[budget.leases], open[j])
          if live and tonumber(live) > now then
            local reserved_tokens, reserved_micro = string.match(open[j + 1], '^(%d+) (%d+)$')
            sums.tokens = sums.tokens + tonumber(reserved_tokens)
            sums.micro = sums.micro + tonumber(reserved_micro)
          else
            redis.call('HDEL', KEYS[limit.open], open[j])
          end
        end
      end
      held[limit.open] = sums
    end
    local used = tonumber(redis.call('HGET', KEYS[limit.used], limit.unit) or 0)
    if refused == 0 and used + sums[limit.unit] + need[limit.unit] > limit.limit then refused = i end
    standing[#standing + 1] = used
    standing[#standing + 1] = sums[limit.unit]
  end
  if refused == 0 then
    for _, open in ipairs(budget.opens) do
      redis.call('HSET', KEYS[open], member, string.format('%d %d', tokens, micro))
      redis.call('PEXPIRE', KEYS[open], ttl)
    end
    redis.call('ZADD', KEYS[budget.leases], live_until, member)
  end
  return refused, standing
end
`;

/** Lua function that charges a bill and frees what the turn had reserved. `bill` is places of keys with amounts, and how long they are kept. */
export const SETTLE = `
local function settle(bill, member)
  redis.call('ZREM', KEYS[bill.places.leases], member)
  for _, open in ipairs(bill.places.opens) do redis.call('HDEL', KEYS[open], member) end
  if next(bill.amounts) == nil then return end
  for _, usage in ipairs(bill.places.usage) do
    for field, amount in pairs(bill.amounts) do
      local text = string.format('%d', amount)
      redis.call('HINCRBY', KEYS[usage.day], field, text)
      redis.call('HINCRBY', KEYS[usage.month], field, text)
    end
    redis.call('PEXPIRE', KEYS[usage.day], bill.day_ttl)
    redis.call('PEXPIRE', KEYS[usage.month], bill.month_ttl)
    if usage.member ~= '' then redis.call('ZADD', KEYS[bill.places.index], 0, usage.member) end
  end
  redis.call('PEXPIRE', KEYS[bill.places.index], bill.month_ttl)
end
`;

/**
 * KEYS  those of the charge
 * ARGV  places JSON, member, now, live until, ttl of reservations, tokens, micro-dollars
 * Replies {number of the budget that does not cover it (0 = all do), used and reserved of each budget…}.
 */
export const reserveScript = defineScript(`
${RESERVE}
local refused, standing = reserve(cjson.decode(ARGV[1]), ARGV[2], tonumber(ARGV[3]), ARGV[4], ARGV[5], tonumber(ARGV[6]), tonumber(ARGV[7]))
return {refused, standing}
`);

/**
 * KEYS  those of the charge
 * ARGV  bill JSON, member
 */
export const settleScript = defineScript(`
${SETTLE}
settle(cjson.decode(ARGV[1]), ARGV[2])
return 1
`);

/**
 * KEYS  usage of the day, usage of the month, reservations, their leases
 * ARGV  now
 * Replies {fields of the day, fields of the month, tokens reserved, micro-dollars reserved}.
 */
export const readUsageScript = defineScript(`
local tokens, micro = 0, 0
local open = redis.call('HGETALL', KEYS[3])
for i = 1, #open, 2 do
  local live = redis.call('ZSCORE', KEYS[4], open[i])
  if live and tonumber(live) > tonumber(ARGV[1]) then
    local reserved_tokens, reserved_micro = string.match(open[i + 1], '^(%d+) (%d+)$')
    tokens = tokens + tonumber(reserved_tokens)
    micro = micro + tonumber(reserved_micro)
  end
end
return {redis.call('HGETALL', KEYS[1]), redis.call('HGETALL', KEYS[2]), tokens, micro}
`);
