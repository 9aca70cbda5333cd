import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { describeRedis } from './redis-engines.ts';

const LOCKING = '#!lua flags=allow-key-locking';

/** A text that no engine has seen. */
const fresh = (script: string): string => `${script}\n-- ${crypto.randomUUID()}`;
const shaOf = (script: string): string => createHash('sha1').update(script).digest('hex');

describeRedis('Redis scripts', ({ redis, key }) => {
  test('an unknown script is NOSCRIPT, and known after it was evaluated or loaded', async () => {
    const evaluated = fresh('return ARGV[1]');
    await expect(redis().evalsha(shaOf(evaluated), [], ['x'])).rejects.toThrow('NOSCRIPT');
    expect(await redis().eval(evaluated, [], ['x'])).toBe('x');
    expect(await redis().evalsha(shaOf(evaluated), [], ['y'])).toBe('y');

    const loaded = fresh(`${LOCKING}\nreturn 1`);
    expect(await redis().scriptExists(shaOf(loaded))).toEqual([0]);
    expect(await redis().scriptLoad(loaded)).toBe(shaOf(loaded));
    expect(await redis().scriptExists(shaOf(loaded), shaOf('never'))).toEqual([1, 0]);
    expect(await redis().evalsha(shaOf(loaded), [], [])).toBe(1);
  });

  test("Upstash's own flag is accepted", async () => {
    const script = `${LOCKING}\nredis.call('SET', KEYS[1], ARGV[1])\nreturn redis.call('GET', KEYS[1])`;
    expect(await redis().eval(script, [key('flag')], ['kept'])).toBe('kept');
  });

  test('a script may touch only the keys that it was given', async () => {
    const given = [key('one'), key('two')];
    const run = (call: string): Promise<unknown> => redis().eval(`return redis.call(${call})`, given, []);
    const refused = [
      `'SET', 'other', 1`,
      `'DEL', KEYS[1], 'other'`,
      `'MSET', KEYS[1], 1, 'other', 1`,
      `'XREAD', 'COUNT', 1, 'STREAMS', KEYS[1], 'other', 0, 0`,
      `'ZUNIONSTORE', KEYS[1], 1, 'other'`,
      `'ZUNIONSTORE', 'other', 1, KEYS[1]`,
      `'XGROUP', 'CREATE', 'other', 'group', '$', 'MKSTREAM'`,
      `'XINFO', 'STREAM', 'other'`,
    ];
    for (const call of refused) await expect(run(call)).rejects.toThrow("the key 'other', which is not in KEYS");

    expect(await run(`'MSET', KEYS[1], 'KEYS', KEYS[2], 'other'`)).toBe('OK');
    expect(await run(`'MGET', KEYS[1], KEYS[2]`)).toEqual(['KEYS', 'other']);
    expect(await run(`'DEL', KEYS[1], KEYS[2]`)).toBe(2);
    expect(await run(`'XREAD', 'COUNT', 1, 'STREAMS', KEYS[1], KEYS[2], 0, 0`)).toBeNull();
    expect(await run(`'ZUNIONSTORE', KEYS[1], 1, KEYS[2], 'WEIGHTS', 1`)).toBe(0);
    expect(await run(`'PUBLISH', 'any channel', 'text'`)).toBe(0);
    expect(await run(`'TIME'`)).toHaveLength(2);
  });

  test('an undeclared key under pcall is an error value', async () => {
    const script = `local reply = redis.pcall('GET', 'other')\nreturn reply.err`;
    expect(await redis().eval(script, [], [])).toContain("the key 'other', which is not in KEYS");
  });

  test('numbers keep 17 digits on the way into a command', async () => {
    const script = `redis.call('HSET', KEYS[1], 'ms', 1795255150684123, 'half', 0.5)
      redis.call('ZADD', KEYS[2], 1795255150684123, 'member')
      return { redis.call('HGET', KEYS[1], 'ms'), redis.call('HGET', KEYS[1], 'half'), redis.call('ZSCORE', KEYS[2], 'member') }`;
    expect(await redis().eval(script, [key('numbers'), key('scores')], [])).toEqual([
      1_795_255_150_684_123,
      0.5,
      expect.toSatisfy((score: unknown) => Number(score) === 1_795_255_150_684_123),
    ]);
  });

  test('replies are those of Redis: truncated numbers, true is 1, false is null, a table ends at nil', async () => {
    const script = `return { 3.99, -3.99, true, false, 'text', { 1, nil, 3 }, redis.status_reply('FINE') }`;
    expect(await redis().eval(script, [], [])).toEqual([3, -3, 1, null, 'text', [1], 'FINE']);
  });

  test('JSON goes through a script unharmed', async () => {
    const script = `local value = cjson.decode(ARGV[1])
      value.count = value.count + 1
      return cjson.encode(value)`;
    expect(await redis().eval(script, [], [{ count: 41, name: 'سلام "x"' }])).toEqual({ count: 42, name: 'سلام "x"' });
  });

  test('an error of a script names its line, and its own error reply comes as it is', async () => {
    await expect(redis().eval(`local one = 1\n\nerror('boom')`, [], [])).rejects.toThrow('user_script:3: boom');
    await expect(redis().eval(`${LOCKING}\n\nerror('boom')`, [], [])).rejects.toThrow('user_script:3: boom');
    await expect(redis().eval(`return redis.error_reply('FENCED by 2')`, [], [])).rejects.toThrow('FENCED by 2');
  });

  test('a script that fails half-way keeps what it wrote before', async () => {
    const script = `redis.call('SET', KEYS[1], 'written')\nredis.call('LPUSH', KEYS[1], 'x')`;
    await expect(redis().eval(script, [key('half')], [])).rejects.toThrow('WRONGTYPE');
    expect(await redis().get(key('half'))).toBe('written');
  });
});
