import { expect, test } from 'vitest';
import { catalogueMemory } from '../../src/tools/catalogue-memory.ts';
import { hubUnderTest, remote, run } from './hub-under-test.ts';
import { startHttpServer, type Handler } from './http-server.ts';
import { startModernServer, startSessionServer } from './real-servers.ts';

const MINUTE_MS = 60_000;
const hang: Handler = () => {};

/** A server that can be replaced by another one at the same address. */
async function movingServer() {
  let version = 1;
  const server = await startModernServer((mcp) => mcp.registerTool(`v${version}`, {}, () => ({ content: [] })));
  let current = server.origin;
  const hub = hubUnderTest([remote('m', 'http://m.example/mcp')], { fetch: (_url, init) => fetch(current, init) });
  return {
    server,
    hub,
    names: async () => Object.keys((await hub.turn()).tools),
    upgrade: () => (version += 1),
    moveTo: (origin: string) => (current = origin),
  };
}

test('a catalogue that has had its time serves one more turn, and is listed for the next', async () => {
  const { server, hub, names, upgrade } = await movingServer();
  await names();
  await hub.afterwards();
  hub.clock.now += 5 * MINUTE_MS - 1;
  server.requests.length = 0;
  upgrade();
  await names();
  await hub.afterwards();
  expect(server.requests).toEqual([]);
  hub.clock.now += 1;
  expect(await names()).toEqual(['m__echo', 'm__v1']);
  await hub.afterwards();
  expect(server.requests).toEqual(['server/discover', 'tools/list']);
  expect(await names()).toEqual(['m__echo', 'm__v2']);
  expect(server.requests).toHaveLength(2);
});

test('a catalogue that is much too old is listed before it is used', async () => {
  const { hub, names, upgrade } = await movingServer();
  await names();
  upgrade();
  hub.clock.now += 35 * MINUTE_MS;
  expect(await names()).toEqual(['m__echo', 'm__v2']);
});

test('a server that hangs holds up one turn, and no later one', async () => {
  const { hub, names, moveTo, server } = await movingServer();
  const slow = await startHttpServer(hang);
  await names();
  moveTo(slow.origin);
  hub.clock.now += 5 * MINUTE_MS;
  expect(await names()).toEqual(['m__echo', 'm__v1']);
  await hub.afterwards();
  hub.clock.now += MINUTE_MS;
  moveTo(server.origin);
  const turn = await hub.turn();
  expect(turn.unavailable).toEqual([{ server: 'm', reason: 'did not answer in time' }]);
  await hub.afterwards();
  expect(await names()).toEqual(['m__echo', 'm__v1']);
});

test('turns of one isolate that come at the same time list a server once', async () => {
  const server = await startModernServer();
  const memory = catalogueMemory();
  const hub = hubUnderTest([remote('m', server.origin)], { memory });
  const turns = await Promise.all(Array.from({ length: 20 }, (_, index) => hub.turn({ sessionId: `chat-${index}` })));
  expect(turns.map(({ tools }) => Object.keys(tools))).toEqual(turns.map(() => ['m__echo']));
  expect(server.requests).toEqual(['server/discover', 'tools/list']);
  const answers = await Promise.all(turns.map(({ tools }) => run(tools, 'm__echo', { text: 'a' })));
  expect(answers).toHaveLength(20);
});

test('turns that wait for a listing which fails hear the same of it', async () => {
  const server = await startHttpServer((_request, response) => response.writeHead(503).end());
  const hub = hubUnderTest([remote('m', server.origin)], { memory: catalogueMemory() });
  const turns = await Promise.all([hub.turn(), hub.turn(), hub.turn()]);
  expect(turns.map(({ unavailable }) => unavailable)).toEqual(
    turns.map(() => [{ server: 'm', reason: 'answered with status 503' }]),
  );
  expect(server.requests).toHaveLength(1);
});

test('a turn does not wait for another that was stopped while it listed', async () => {
  const server = await startHttpServer(hang);
  const hub = hubUnderTest([remote('m', server.origin)], { memory: catalogueMemory(), listingTimeoutMs: 500 });
  const stop = new AbortController();
  const stopped = hub.turn({ signal: stop.signal });
  const other = hub.turn();
  stop.abort();
  expect((await stopped).unavailable).toEqual([{ server: 'm', reason: 'was not asked: the turn was stopped' }]);
  expect((await other).unavailable).toEqual([{ server: 'm', reason: 'did not answer in time' }]);
});

test('of several isolates that find a catalogue out of time one lists it', async () => {
  const { server, hub, names } = await movingServer();
  await names();
  hub.clock.now += 5 * MINUTE_MS;
  server.requests.length = 0;
  await Promise.all([names(), names(), names()]);
  await expect.poll(() => server.requests).toEqual(['server/discover', 'tools/list']);
});

test('what is listed in the background leaves no session behind', async () => {
  const server = await startSessionServer();
  const hub = hubUnderTest([remote('counter', server.origin)]);
  await hub.turn();
  expect(server.sessions()).toBe(1);
  hub.clock.now += 5 * MINUTE_MS;
  await hub.turn();
  await hub.afterwards();
  expect(server.requests.filter((method) => method === 'tools/list')).toHaveLength(2);
  expect(server.sessions()).toBe(1);
});

test('a catalogue is parsed once as long as it stays what it is', () => {
  const memory = catalogueMemory();
  const text = (reason: string) =>
    JSON.stringify({ v: 2, status: 'unavailable', expiresAt: 1, reason, fingerprints: {} });
  const first = memory.parse('key', text('is away'));
  expect(first).toMatchObject({ reason: 'is away' });
  expect(memory.parse('key', text('is away'))).toBe(first);
  expect(memory.parse('key', text('is back'))).toMatchObject({ reason: 'is back' });
  expect(memory.parse('key', null)).toBeNull();
  for (let i = 0; i < 1000; i++) memory.parse(`other-${i}`, text('is away'));
  expect(memory.parse('key', text('is away'))).not.toBe(first);
});
