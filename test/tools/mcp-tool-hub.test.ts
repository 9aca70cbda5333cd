import { expect, test } from 'vitest';
import { hubUnderTest, remote, run } from './hub-under-test.ts';
import { startModernServer, startSessionServer } from './real-servers.ts';

test('a cold server of the present protocol costs two requests to list, and one a call', async () => {
  const server = await startModernServer();
  const hub = hubUnderTest([remote('modern', server.origin)]);
  const { tools, unavailable } = await hub.turn();

  expect(Object.keys(tools)).toEqual(['modern__echo']);
  expect(unavailable).toEqual([]);
  expect(server.requests).toEqual(['server/discover', 'tools/list']);
  expect(await run(tools, 'modern__echo', { text: 'hello' })).toEqual({ content: [{ type: 'text', text: 'hello' }] });
  expect(server.requests).toEqual(['server/discover', 'tools/list', 'tools/call']);
});

test('with a warm catalogue nothing is sent before a call, and then only the call', async () => {
  const server = await startModernServer();
  const hub = hubUnderTest([remote('modern', server.origin)]);
  await hub.turn();
  server.requests.length = 0;

  const { tools } = await hub.turn();
  expect(server.requests).toEqual([]);
  await Promise.all([run(tools, 'modern__echo', { text: 'a' }), run(tools, 'modern__echo', { text: 'b' })]);
  expect(server.requests).toEqual(['tools/call', 'tools/call']);
});

test('a session of the earlier protocol is kept for its chat session, and for no other', async () => {
  const server = await startSessionServer();
  const hub = hubUnderTest([remote('counter', server.origin)]);
  const first = await hub.turn();
  expect(await run(first.tools, 'counter__count')).toMatchObject({ content: [{ text: '1' }] });
  expect(server.requests).toEqual([
    'server/discover',
    'initialize',
    'notifications/initialized',
    'tools/list',
    'tools/call',
  ]);
  await first.close();
  server.requests.length = 0;

  const second = await hub.turn();
  expect(await run(second.tools, 'counter__count')).toMatchObject({ content: [{ text: '2' }] });
  expect(server.requests).toEqual(['tools/call']);

  const elsewhere = await hub.turn({ sessionId: 'chat-2' });
  expect(await run(elsewhere.tools, 'counter__count')).toMatchObject({ content: [{ text: '1' }] });
  expect(server.requests).toEqual(['tools/call', 'initialize', 'notifications/initialized', 'tools/call']);
});

test.each([404, 400])('a lost session (%d) is opened again, once for all calls, and kept', async (unknownSession) => {
  const server = await startSessionServer({ unknownSession });
  const hub = hubUnderTest([remote('counter', server.origin)]);
  await hub.turn();
  server.forgetSessions();
  server.requests.length = 0;

  const { tools, close } = await hub.turn();
  const results = await Promise.all([run(tools, 'counter__count'), run(tools, 'counter__count')]);
  expect(results).toEqual(
    expect.arrayContaining([{ content: [{ type: 'text', text: '1' }] }, { content: [{ type: 'text', text: '2' }] }]),
  );
  expect(server.requests.filter((method) => method === 'initialize')).toHaveLength(1);
  expect(server.sessions()).toBe(1);
  await close();
  server.requests.length = 0;

  const later = await hub.turn();
  expect(await run(later.tools, 'counter__count')).toMatchObject({ content: [{ text: '3' }] });
  expect(server.requests).toEqual(['tools/call']);
});

test('a server that went back to the earlier protocol is asked what it speaks, and the call is made again', async () => {
  const earlier = await startSessionServer();
  const present = await startModernServer();
  const hub = hubUnderTest([remote('x', 'http://moved.invalid/mcp')], {
    fetch: (_url, init) => fetch(current, init),
  });
  let current = present.origin;
  await hub.turn();
  current = earlier.origin;

  const { tools } = await hub.turn();
  await expect(run(tools, 'x__echo', { text: 'a' })).resolves.toMatchObject({ isError: true });
  expect(earlier.requests).toEqual([
    'tools/call',
    'server/discover',
    'initialize',
    'notifications/initialized',
    'tools/call',
  ]);
});

test('only the wanted servers are used, and one that is not configured is reported', async () => {
  const [one, two] = [await startModernServer(), await startModernServer()];
  const hub = hubUnderTest([remote('one', one.origin), remote('two', two.origin)]);
  const { tools, unavailable } = await hub.turn({ serverNames: ['two', 'three'] });
  expect(Object.keys(tools)).toEqual(['two__echo']);
  expect(one.requests).toEqual([]);
  expect(unavailable).toEqual([{ server: 'three', reason: 'is not configured' }]);
});

test('configured headers are sent, and another secret is another catalogue', async () => {
  const server = await startModernServer();
  const seen: (string | null)[] = [];
  const options = {
    fetch: (url: string | URL, init?: RequestInit) => {
      seen.push(new Headers(init?.headers).get('authorization'));
      return fetch(url, init);
    },
  };
  const before = hubUnderTest([remote('modern', server.origin, { authorization: 'Bearer one' })], options);
  await before.turn();
  const after = hubUnderTest([remote('modern', server.origin, { authorization: 'Bearer two' })], options);
  await after.turn();
  expect(new Set(seen)).toEqual(new Set(['Bearer one', 'Bearer two']));
  const [[oneKey], [twoKey]] = [[...before.cache.keys()], [...after.cache.keys()]];
  expect(oneKey).toMatch(/^test:mcp:catalogue:modern:[0-9a-f]{32}$/);
  expect(twoKey).not.toBe(oneKey);
});

test.each(['', 'null', '{"v":1,"status":"available"}', '{"v":2}', '\u0000'])(
  'what the cache holds and nobody can use is as good as nothing: %j',
  async (garbage) => {
    const server = await startModernServer();
    const hub = hubUnderTest([remote('modern', server.origin)]);
    const { tools } = await hub.turn({ cached: [garbage] });
    expect(Object.keys(tools)).toEqual(['modern__echo']);
    expect(server.requests).toEqual(['server/discover', 'tools/list']);
  },
);

test('a tool that its server does not know any more is said to the model, and the next turn lists again', async () => {
  let hasExtra = true;
  const server = await startModernServer((mcp) => {
    if (hasExtra) mcp.registerTool('extra', {}, () => ({ content: [] }));
  });
  const hub = hubUnderTest([remote('m', server.origin)]);
  await hub.turn();
  hasExtra = false;

  const { tools } = await hub.turn();
  expect(await run(tools, 'm__extra')).toMatchObject({ isError: true });
  expect(Object.keys((await hub.turn()).tools)).toEqual(['m__echo']);
});

const startServerWith = (count: number) =>
  startModernServer((mcp) => {
    for (let i = 0; i < count; i++) mcp.registerTool(`tool-${i}`, {}, () => ({ content: [] }));
  });

test('a turn has no more tools than providers take, and says whose are missing', async () => {
  const [one, two] = [await startServerWith(100), await startServerWith(200)];
  const hub = hubUnderTest([remote('one', one.origin), remote('two', two.origin)]);
  for (const { tools, unavailable } of [await hub.turn(), await hub.turn()]) {
    expect(Object.keys(tools)).toHaveLength(128);
    expect(Object.keys(tools).filter((name) => name.startsWith('one__'))).toHaveLength(101);
    expect(unavailable).toEqual([{ server: 'two', reason: 'has more tools than fit into one turn' }]);
  }
});

test('a redirect within the origin is followed', async () => {
  const server = await startModernServer();
  const hub = hubUnderTest([remote('m', `${server.origin}/old`)], {
    fetch: async (url, init) =>
      new URL(url).pathname === '/old'
        ? new Response(null, { status: 308, headers: { location: `${server.origin}/new` } })
        : fetch(url, init),
  });
  expect(Object.keys((await hub.turn()).tools)).toEqual(['m__echo']);
});

test('tools that only read, or may be repeated, are known as such', async () => {
  const server = await startModernServer((mcp) => {
    mcp.registerTool('again', { annotations: { idempotentHint: true } }, () => ({ content: [] }));
    mcp.registerTool('once', {}, () => ({ content: [] }));
  });
  const { isRepeatable } = await hubUnderTest([remote('m', server.origin)]).turn();
  expect(['m__echo', 'm__again', 'm__once', 'other'].map(isRepeatable)).toEqual([true, true, false, false]);
});
