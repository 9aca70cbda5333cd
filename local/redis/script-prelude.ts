/** Where the keys of a command stand, for the commands whose only key is not their first argument. */
const KEY_POSITIONS = {
  none: 'PING ECHO TIME PUBLISH SPUBLISH SCRIPT FUNCTION SCAN KEYS DBSIZE RANDOMKEY FLUSHALL FLUSHDB INFO CONFIG COMMAND',
  all: 'DEL UNLINK EXISTS TOUCH MGET SUNION SINTER SDIFF SUNIONSTORE SINTERSTORE SDIFFSTORE PFCOUNT PFMERGE RENAME RENAMENX',
  two: 'COPY LMOVE RPOPLPUSH SMOVE ZRANGESTORE GEOSEARCHSTORE LCS',
  pairs: 'MSET MSETNX',
  counted: 'ZUNION ZINTER ZDIFF SINTERCARD ZINTERCARD LMPOP ZMPOP',
  stored: 'ZUNIONSTORE ZINTERSTORE ZDIFFSTORE',
  second: 'OBJECT XGROUP XINFO MEMORY',
  streams: 'XREAD XREADGROUP',
};

const positions = Object.entries(KEY_POSITIONS)
  .flatMap(([rule, names]) => names.split(' ').map((name) => `${name}="${rule}"`))
  .join(',');

const NUMBERS = `
  for i = 1, n do if type(a[i]) == "number" then a[i] = string.format("%.17g", a[i]) end end`;

const KEYS = `
  local undeclared = check(a, n)
  if undeclared then return fail("ERR script tried to access the key '" .. undeclared .. "', which is not in KEYS") end`;

const CHECK = `
  local rules, declared = {${positions}}, {}
  for _, key in ipairs(KEYS) do declared[key] = true end
  local function check(a, n)
    local rule, first, last, step = rules[string.upper(tostring(a[1]))], 2, 2, 1
    if rule == "none" then last = 1
    elseif rule == "all" then last = n
    elseif rule == "two" then last = 3
    elseif rule == "pairs" then last, step = n, 2
    elseif rule == "counted" then first, last = 3, 2 + (tonumber(a[2]) or 0)
    elseif rule == "stored" then
      if not declared[a[2]] then return tostring(a[2]) end
      first, last = 4, 3 + (tonumber(a[3]) or 0)
    elseif rule == "second" then first, last = 3, 3
    elseif rule == "streams" then
      while first < n and string.upper(a[first]) ~= "STREAMS" do first = first + 1 end
      first, last = first + 1, first + (n - first) / 2
    end
    for i = first, math.min(last, n), step do if not declared[a[i]] then return tostring(a[i]) end end
  end`;

/**
 * Lua that goes in front of a script, on one line so that line numbers in its errors stay right. It puts a `redis` of
 * its own over the engine's, which
 * - writes numbers with 17 digits as Redis does, when the engine rounds them to 14;
 * - refuses keys that were not passed in KEYS, as Upstash does under its `allow-key-locking` flag.
 */
export function scriptPrelude(options: { exactNumbers: boolean; strictKeys: boolean }): string {
  if (!options.exactNumbers && !options.strictKeys) return '';
  const source = `
    local redis = (function(redis)
      ${options.strictKeys ? CHECK : ''}
      local function guarded(run, fail)
        return function(...)
          local n, a = select("#", ...), {...}
          ${options.exactNumbers ? NUMBERS : ''}
          ${options.strictKeys ? KEYS : ''}
          return run(unpack(a, 1, n))
        end
      end
      local own = { call = guarded(redis.call, error), pcall = guarded(redis.pcall, redis.error_reply) }
      return setmetatable(own, { __index = redis })
    end)(redis);`;
  return source.replaceAll(/\s+/g, ' ').trimStart();
}
