import { createServer, type RequestListener } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { closeServer } from '../../local/close-server.ts';
import { listen } from '../../local/listen.ts';
import { startRecordingProxy } from '../fakes/recording-proxy.ts';
import { sequentialRoundTrips } from '../fakes/sequential-round-trips.ts';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

const proxyBefore = async (listener: RequestListener) => {
  const server = createServer(listener);
  const port = await listen(server, { host: '127.0.0.1', port: 0 }, 'The test');
  const proxy = await startRecordingProxy(`http://127.0.0.1:${port}`);
  opened.push(
    () => proxy.close(),
    () => closeServer(server),
  );
  return proxy;
};
const answer: RequestListener = (request, response) => {
  request.resume();
  response.end('answered');
};

test('it records the commands of a pipeline', async () => {
  const proxy = await proxyBefore(answer);
  const body = JSON.stringify([
    ['SET', 'key', 1],
    ['GET', 'key'],
  ]);
  expect(await (await fetch(`${proxy.url}/pipeline`, { method: 'POST', body })).text()).toBe('answered');
  expect(proxy.requests).toMatchObject([
    {
      method: 'POST',
      path: '/pipeline',
      status: 200,
      commands: [
        ['SET', 'key', '1'],
        ['GET', 'key'],
      ],
    },
  ]);
});

test('an answer is passed on while it is still being written', async () => {
  const finish = Promise.withResolvers<void>();
  const proxy = await proxyBefore((_request, response) => {
    response.write('first');
    void finish.promise.then(() => response.end('last'));
  });
  const { body } = await fetch(proxy.url);
  if (body === null) throw new Error('There is no body.');
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader.read()).value).toBe('first');
  expect(proxy.requests[0]?.endedAt).toBeNull();
  finish.resolve();
  expect((await reader.read()).value).toBe('last');
  expect((await reader.read()).done).toBe(true);
});

test('latency is added once per round trip', async () => {
  const proxy = await proxyBefore(answer);
  proxy.setLatency(80);
  const startedAt = performance.now();
  await (await fetch(proxy.url)).text();
  // Timers may fire up to a millisecond early.
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(78);
});

test('a fault takes the place of an answer until it is lifted', async () => {
  const proxy = await proxyBefore(answer);
  proxy.setFault({ status: 503 });
  expect((await fetch(proxy.url)).status).toBe(503);
  proxy.setFault('refuse');
  await expect(fetch(proxy.url)).rejects.toThrow('fetch failed');
  proxy.setFault('hang');
  await expect(fetch(proxy.url, { signal: AbortSignal.timeout(50) })).rejects.toThrow('aborted due to timeout');
  proxy.setFault(null);
  expect(await (await fetch(proxy.url)).text()).toBe('answered');
  expect(proxy.requests.map(({ status }) => status)).toEqual([503, null, null, 200]);
});

test('round trips that run side by side count once', async () => {
  const proxy = await proxyBefore(answer);
  proxy.setLatency(20);
  const ask = async () => (await fetch(proxy.url)).text();
  await ask();
  await Promise.all([ask(), ask(), ask()]);
  await ask();
  expect(proxy.requests).toHaveLength(5);
  expect(sequentialRoundTrips(proxy.requests)).toBe(3);
});
