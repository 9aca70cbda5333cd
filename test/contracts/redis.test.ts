import { expect, test } from 'vitest';
import { describeRedis } from './redis-engines.ts';

describeRedis('Redis commands through @upstash/redis', ({ redis, key }) => {
  test('a string is stored once under NX, and its old value comes back with GET', async () => {
    const name = key('string');
    expect(await redis().set(name, 'first', { nx: true })).toBe('OK');
    expect(await redis().set(name, 'second', { nx: true })).toBeNull();
    expect(await redis().set(name, 'third', { get: true })).toBe('first');
    expect(await redis().get(name)).toBe('third');
    expect(await redis().get(key('absent'))).toBeNull();
  });

  test('a counter goes beyond what a JavaScript number holds without losing a digit', async () => {
    const name = key('counter');
    await redis().set(name, '9007199254740992');
    await redis().incr(name);
    expect(await redis().get(name)).toBe('9007199254740993');
    expect(await redis().incrby(name, -9_007_199_254_740_992)).toBe(1);
  });

  test('text with any character comes back as it was', async () => {
    const name = key('text');
    const text = 'سلام 👩‍👩‍👧 \u0000\u0001\u001f\u007f "quotes" \\ \r\n é \u{10ffff}';
    await redis().set(name, text);
    expect(await redis().get(name)).toBe(text);
    expect(await redis().strlen(name)).toBe(Buffer.byteLength(text));
  });

  test('an object comes back as an object', async () => {
    const value = { role: 'user', parts: [{ type: 'text', text: 'hi' }], at: 1_795_255_150_684 };
    await redis().set(key('object'), value);
    expect(await redis().get(key('object'))).toEqual(value);
  });

  test('a hash keeps fields, counts in them and says what is absent', async () => {
    const name = key('hash');
    expect(await redis().hset(name, { title: 'One', turns: 1 })).toBe(2);
    expect(await redis().hincrby(name, 'turns', 41)).toBe(42);
    expect(await redis().hgetall(name)).toEqual({ title: 'One', turns: 42 });
    expect(await redis().hmget(name, 'title', 'absent')).toEqual({ title: 'One', absent: null });
    expect(await redis().hdel(name, 'title', 'absent')).toBe(1);
    expect(await redis().hgetall(key('absent'))).toBeNull();
  });

  test('a list is trimmed to its newest items', async () => {
    const name = key('list');
    expect(await redis().rpush(name, 'a', 'b', 'c', 'd')).toBe(4);
    expect(await redis().ltrim(name, -3, -1)).toBe('OK');
    expect(await redis().lrange(name, 0, -1)).toEqual(['b', 'c', 'd']);
    expect(await redis().lpop(name)).toBe('b');
    expect(await redis().llen(name)).toBe(2);
  });

  test('a sorted set is read and cut by score', async () => {
    const name = key('sorted');
    await redis().zadd(name, { score: 3, member: 'c' }, { score: 1, member: 'a' }, { score: 2.5, member: 'b' });
    expect(await redis().zrange(name, 0, -1, { withScores: true })).toEqual(['a', 1, 'b', 2.5, 'c', 3]);
    expect(await redis().zrange(name, 2, '+inf', { byScore: true })).toEqual(['b', 'c']);
    expect(await redis().zremrangebyscore(name, 0, 2)).toBe(1);
    expect(await redis().zscore(name, 'b')).toBe(2.5);
    expect(await redis().zcard(name)).toBe(2);
  });

  test('a stream takes entries with explicit ids in rising order only', async () => {
    const name = key('stream');
    expect(await redis().xadd(name, '1-1', { chunk: 'one' })).toBe('1-1');
    expect(await redis().xadd(name, '1-2', { chunk: 'two' })).toBe('1-2');
    await expect(redis().xadd(name, '1-2', { chunk: 'again' })).rejects.toThrow(
      'The ID specified in XADD is equal or smaller than the target stream top item',
    );
    expect(await redis().xrange(name, '(1-1', '+')).toEqual({ '1-2': { chunk: 'two' } });
    expect(await redis().xread(name, '1-1')).toEqual([[name, [['1-2', ['chunk', 'two']]]]]);
    expect(await redis().xread(name, '1-2')).toBeNull();
    expect(await redis().xlen(name)).toBe(2);
  });

  test('a stream is trimmed to an exact length', async () => {
    const name = key('trimmed');
    for (const id of ['1-0', '2-0', '3-0']) {
      await redis().xadd(name, id, { id }, { trim: { type: 'MAXLEN', threshold: 2, comparison: '=' } });
    }
    expect(Object.keys(await redis().xrange(name, '-', '+'))).toEqual(['2-0', '3-0']);
  });

  test('a key ends at its time, and says how long it has', async () => {
    const name = key('ttl');
    await redis().set(name, 'x', { ex: 100 });
    expect(await redis().ttl(name)).toBeGreaterThan(98);
    expect(await redis().persist(name)).toBe(1);
    expect(await redis().ttl(name)).toBe(-1);
    expect(await redis().pexpireat(name, Date.now() - 1)).toBe(1);
    expect(await redis().get(name)).toBeNull();
    expect(await redis().ttl(name)).toBe(-2);
  });

  test('a wrong type is an error that names the command', async () => {
    const name = key('wrong');
    await redis().set(name, 'text');
    await expect(redis().lrange(name, 0, -1)).rejects.toThrow(/WRONGTYPE .*command was: \["lrange"/);
  });
});
