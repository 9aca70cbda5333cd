import { expect, test } from 'vitest';
import { hubUnderTest, remote, run } from './hub-under-test.ts';
import { startHttpServer } from './http-server.ts';
import { startModernServer } from './real-servers.ts';

test.each([
  ['http://tools.example/mcp', 'is not reached over https'],
  ['https://tools.example:8443/mcp', 'is not at the port of https'],
  ['https://127.0.0.1/mcp', 'has an address that is not allowed'],
  ['https://2130706433/mcp', 'has an address that is not allowed'],
  ['https://metadata.google.internal/mcp', 'has an address that is not allowed'],
])('in production a server at %s is reported, and nothing is sent', async (url, reason) => {
  const asked: string[] = [];
  const hub = hubUnderTest([remote('bad', url), remote('good', 'https://good.example/mcp')], {
    development: false,
    fetch: async (input) => {
      asked.push(new URL(input).hostname);
      return new Response(null, { status: 503 });
    },
  });
  const { unavailable } = await hub.turn();
  expect(unavailable).toEqual([
    { server: 'bad', reason },
    { server: 'good', reason: 'answered with status 503' },
  ]);
  expect(new Set(asked)).toEqual(new Set(['good.example']));
  expect([...hub.cache.keys()].filter((key) => key.includes(':bad:'))).toEqual([]);
});

test('what was known of a server before its address was refused is not used', async () => {
  const server = await startModernServer();
  const known = hubUnderTest([remote('m', server.origin)]);
  await known.turn();
  const stored = [...known.cache.values()].map(({ value }) => value);
  const { tools, unavailable } = await hubUnderTest([remote('m', server.origin)], { development: false }).turn({
    cached: stored,
  });
  expect(tools).toEqual({});
  expect(unavailable).toEqual([{ server: 'm', reason: 'is not reached over https' }]);
});

test('a server that redirects to itself without end is given up', async () => {
  const server = await startHttpServer((request, response) =>
    response.writeHead(307, { location: `http://${request.headers.host}/again` }).end(),
  );
  const { unavailable } = await hubUnderTest([remote('loop', server.origin)]).turn();
  expect(unavailable).toEqual([{ server: 'loop', reason: expect.any(String) }]);
  expect(server.requests.length).toBeLessThanOrEqual(200);
});

test('a turn has an end to its requests, all servers together, and the next turn begins anew', async () => {
  const server = await startModernServer();
  const hub = hubUnderTest([remote('one', server.origin), remote('two', server.origin)]);
  await hub.turn();
  server.requests.length = 0;
  const { tools } = await hub.turn();
  const results = await Promise.allSettled(
    Array.from({ length: 250 }, (_, index) => run(tools, index % 2 ? 'one__echo' : 'two__echo', { text: 'a' })),
  );
  expect(server.requests).toHaveLength(200);
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  expect(refused.length).toBeGreaterThanOrEqual(50);
  expect(refused.map(({ message }) => message)).toContain('The tool server "one" was asked too often.');
  const next = await hub.turn();
  expect(await run(next.tools, 'one__echo', { text: 'b' })).toMatchObject({ content: [{ text: 'b' }] });
});

test('a request that takes too long is cut off, whoever waits for it', async () => {
  const closed = Promise.withResolvers<void>();
  const server = await startHttpServer((request) => void request.socket.once('close', () => closed.resolve()));
  const hub = hubUnderTest([remote('slow', server.origin)], { toolTimeoutMs: 50, listingTimeoutMs: 2000 });
  const { unavailable } = await hub.turn();
  expect(unavailable).toEqual([{ server: 'slow', reason: expect.any(String) }]);
  await closed.promise;
});
