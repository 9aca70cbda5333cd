import { expect, test } from 'vitest';
import { parseToolSessions } from '../../src/tools/tool-sessions.ts';
import { hubUnderTest, remote, run, type HubUnderTest } from './hub-under-test.ts';
import { startHttpServer } from './http-server.ts';
import { startSessionServer } from './real-servers.ts';

/** What a turn of that chat counts to. */
async function countIn(hub: HubUnderTest, sessionId: string): Promise<unknown> {
  const { tools, close } = await hub.turn({ sessionId });
  const answer = await run(tools, 'counter__count');
  await close();
  return answer;
}
const counted = (text: string) => ({ content: [{ type: 'text', text }] });

test('chats that take turns each keep a session of their own, at one request a call', async () => {
  const server = await startSessionServer();
  const hub = hubUnderTest([remote('counter', server.origin)]);
  expect(await countIn(hub, 'a')).toEqual(counted('1'));
  expect(await countIn(hub, 'b')).toEqual(counted('1'));
  server.requests.length = 0;
  expect(await countIn(hub, 'a')).toEqual(counted('2'));
  expect(await countIn(hub, 'b')).toEqual(counted('2'));
  expect(await countIn(hub, 'a')).toEqual(counted('3'));
  expect(server.requests).toEqual(['tools/call', 'tools/call', 'tools/call']);
});

test('a session goes on when the catalogue is listed anew', async () => {
  const server = await startSessionServer();
  const hub = hubUnderTest([remote('counter', server.origin)]);
  await countIn(hub, 'a');
  hub.clock.now += 60 * 60_000;
  server.requests.length = 0;
  expect(await countIn(hub, 'a')).toEqual(counted('2'));
  expect(server.requests).toEqual(['tools/list', 'tools/call']);
});

test('the sessions of a chat at all its servers are one entry, and another address is another session', async () => {
  const [one, two] = [await startSessionServer(), await startSessionServer()];
  const hub = hubUnderTest([remote('counter', one.origin), remote('other', two.origin)]);
  const { tools } = await hub.turn({ sessionId: 'a' });
  await Promise.all([run(tools, 'counter__count'), run(tools, 'other__count')]);
  const stored = parseToolSessions(hub.cache.get('test:sessions:a')?.value ?? null);
  expect(Object.values(stored)).toHaveLength(2);
  expect(hub.cache.get('test:sessions:a')?.ttlSeconds).toBe(24 * 60 * 60);
});

test('the end of a chat ends its sessions at the servers, and those of no other chat', async () => {
  const server = await startSessionServer();
  const hub = hubUnderTest([remote('counter', server.origin)]);
  await countIn(hub, 'a');
  await countIn(hub, 'b');
  expect(server.sessions()).toBe(2);
  await hub.endSessions('a');
  expect(server.sessions()).toBe(1);
  expect([...hub.cache.keys()].filter((key) => key.includes(':sessions:'))).toEqual(['test:sessions:b']);
  expect(await countIn(hub, 'b')).toEqual(counted('2'));
  server.requests.length = 0;
  await hub.endSessions('a');
  expect(server.requests).toEqual([]);
});

test('a server that cannot be told that a chat has ended keeps nobody', async () => {
  const server = await startSessionServer();
  const broken = await startHttpServer((_request, response) => response.writeHead(500).end());
  let current = server.origin;
  const hub = hubUnderTest([remote('counter', 'http://counter.example/mcp')], {
    fetch: (_url, init) => fetch(current, init),
  });
  await countIn(hub, 'a');
  current = broken.origin;
  await hub.endSessions('a');
  expect(broken.requests).toEqual(['DELETE']);
});

test.each(['', '[]', '{"a":1}', '{"a":{"id":1}}', '\u0000'])(
  'what is stored and nobody can use is as good as nothing: %j',
  (text) => {
    expect(parseToolSessions(text)).toEqual({});
  },
);
