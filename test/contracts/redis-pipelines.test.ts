import { expect, test } from 'vitest';
import { startRecordingProxy } from '../fakes/recording-proxy.ts';
import { Redis } from '@upstash/redis/cloudflare';
import { describeRedis } from './redis-engines.ts';

describeRedis('Redis pipelines and transactions', ({ redis, local, key }) => {
  test('a pipeline goes on after a command that failed', async () => {
    const name = key('pipeline');
    const replies = await redis().pipeline().set(name, 'text').lpush(name, 'x').get(name).exec({ keepErrors: true });
    expect(replies.map(({ result }) => result)).toEqual(['OK', undefined, 'text']);
    expect(replies[1]?.error).toMatch(/^WRONGTYPE /);
  });

  test('a transaction answers in order', async () => {
    const name = key('multi');
    expect(await redis().multi().set(name, 1).incr(name).hgetall(key('absent')).exec()).toEqual(['OK', 2, null]);
  });

  test('a transaction with a command that cannot be run changes nothing', async () => {
    const name = key('discarded');
    const response = await post('/multi-exec', [['SET', name, '1'], ['NOSUCHCOMMAND']]);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: expect.stringMatching(/^ERR unknown command/) });
    expect(await redis().get(name)).toBeNull();
  });

  test('commands of one tick travel as one request', async () => {
    const proxy = await startRecordingProxy(local().url);
    const client = new Redis({ url: proxy.url, token: local().token });
    await Promise.all([client.get(key('a')), client.get(key('b')), client.hgetall(key('c'))]);
    await proxy.close();
    expect(proxy.requests.filter(({ path }) => path === '/pipeline').map(({ commands }) => commands)).toEqual([
      [
        ['get', key('a')],
        ['get', key('b')],
      ],
    ]);
  });

  test('1,000 pipelines side by side each get their own replies', async () => {
    const numbers = Array.from({ length: 1000 }, (_, index) => index);
    const replies = await Promise.all(
      numbers.map((number) =>
        redis()
          .pipeline()
          .set(key(`n${number}`), number)
          .get(key(`n${number}`))
          .exec(),
      ),
    );
    expect(replies).toEqual(numbers.map((number) => ['OK', number]));
  });

  async function post(path: string, body: unknown): Promise<Response> {
    return fetch(local().url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${local().token}` },
      body: JSON.stringify(body),
    });
  }
});
