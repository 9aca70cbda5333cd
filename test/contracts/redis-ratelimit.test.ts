import { Ratelimit } from '@upstash/ratelimit';
import { Redis } from '@upstash/redis/cloudflare';
import { expect, test } from 'vitest';
import { startRecordingProxy } from '../fakes/recording-proxy.ts';
import { describeRedis } from './redis-engines.ts';

// A window of a thousand days does not end while a test runs.
const LIMITERS = [
  { name: 'the fixed window', limiter: Ratelimit.fixedWindow(5, '1000 d') },
  { name: 'the sliding window', limiter: Ratelimit.slidingWindow(5, '1000 d') },
  { name: 'the token bucket', limiter: Ratelimit.tokenBucket(1, '1000 d', 5) },
];

describeRedis('@upstash/ratelimit', ({ redis, local, key }) => {
  test.each(LIMITERS)('$name admits exactly 5 of 20 that come at once', async ({ name, limiter }) => {
    const ratelimit = new Ratelimit({ redis: redis(), limiter, prefix: key(name), ephemeralCache: false });
    const verdicts = await Promise.all(Array.from({ length: 20 }, () => ratelimit.limit('caller')));
    expect(verdicts.filter(({ success }) => success)).toHaveLength(5);
    expect((await ratelimit.limit('another caller')).remaining).toBe(4);
    await verdicts[0]?.pending;
  });

  test.each(LIMITERS)('$name costs one request once its script is known', async ({ name, limiter }) => {
    const proxy = await startRecordingProxy(local().url);
    const client = new Redis({ url: proxy.url, token: local().token });
    const ratelimit = new Ratelimit({ redis: client, limiter, prefix: key(`${name} cost`), ephemeralCache: false });
    await ratelimit.limit('caller');
    proxy.requests.length = 0;
    await ratelimit.limit('caller');
    await proxy.close();
    expect(proxy.requests.map(({ commands }) => commands.map(([command]) => command))).toEqual([['evalsha']]);
  });

  test('the token bucket takes several tokens at once and gives them back when asked for a negative number', async () => {
    const limiter = Ratelimit.tokenBucket(1, '1000 d', 10);
    const ratelimit = new Ratelimit({ redis: redis(), limiter, prefix: key('several'), ephemeralCache: false });
    expect(await ratelimit.limit('caller', { rate: 7 })).toMatchObject({ success: true, remaining: 3 });
    expect(await ratelimit.limit('caller', { rate: 4 })).toMatchObject({ success: false });
    expect(await ratelimit.limit('caller', { rate: -7 })).toMatchObject({ success: true, remaining: 10 });
  });
});
