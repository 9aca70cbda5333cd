import { expect, test } from 'vitest';
import { hubUnderTest, remote } from './hub-under-test.ts';
import { startHttpServer } from './http-server.ts';
import { startModernServer, startSessionServer } from './real-servers.ts';

test('a directory and a turn share what is known of the servers', async () => {
  const server = await startModernServer();
  const hub = hubUnderTest([remote('m', server.origin)]);
  await hub.turn();
  server.requests.length = 0;
  const directory = await hub.open();
  expect(directory.tools).toMatchObject([{ name: 'm__echo', server: 'm', annotations: { readOnlyHint: true } }]);
  expect(server.requests).toEqual([]);
  expect(await directory.call('m__echo', { text: 'a' })).toMatchObject({ content: [{ text: 'a' }] });
  expect(server.requests).toEqual(['tools/call']);
});

test('without a cache the servers are asked', async () => {
  const server = await startModernServer();
  const cache = {
    read: () => Promise.reject(new Error('away')),
    write: () => Promise.resolve(),
    remove: () => Promise.resolve(),
    claim: () => Promise.resolve(false),
  };
  const directory = await hubUnderTest([remote('m', server.origin)], { cache }).open();
  expect(directory.tools.map(({ name }) => name)).toEqual(['m__echo']);
});

test('a session of the earlier protocol ends with its directory, and takes none from a chat', async () => {
  const server = await startSessionServer();
  const hub = hubUnderTest([remote('counter', server.origin)]);
  const turn = await hub.turn();
  const directory = await hub.open();
  expect(await directory.call('counter__count', {})).toMatchObject({ content: [{ text: '1' }] });
  await directory.close();
  expect(server.requests.at(-1)).toBe('DELETE');
  await turn.close();
  server.requests.length = 0;
  const next = await hub.turn();
  await next.tools['counter__count']?.execute?.({}, { toolCallId: 'call-1', messages: [], context: {} });
  expect(server.requests).toEqual(['tools/call']);
});

test('a server has more tools in a directory than fit into a turn', async () => {
  const server = await startModernServer((mcp) => {
    for (let i = 0; i < 100; i++) mcp.registerTool(`tool-${i}`, {}, () => ({ content: [] }));
  });
  const hub = hubUnderTest([remote('one', server.origin), remote('two', server.origin)]);
  const { tools, unavailable } = await hub.open();
  expect(tools).toHaveLength(202);
  expect(unavailable).toEqual([]);
});

test('a server that cannot be used is one safe sentence', async () => {
  const server = await startModernServer();
  const broken = await startHttpServer((_request, response) => response.writeHead(503).end('secret words'));
  let current = server.origin;
  const hub = hubUnderTest([remote('x', server.origin)], { fetch: (_url, init) => fetch(current, init) });
  await hub.turn();
  current = broken.origin;
  const directory = await hub.open();
  const call = directory.call('x__echo', { text: 'a' });
  await expect(call).rejects.toMatchObject({
    code: 'tool_unavailable',
    message: 'The tool server "x" answered with status 503.',
  });
});

test('an address that two servers have is read at the first', async () => {
  const withNote = (text: string) =>
    startModernServer((mcp) => {
      mcp.registerResource('note', 'note://x', {}, () => ({ contents: [{ uri: 'note://x', text }] }));
    });
  const [one, two] = [await withNote('one'), await withNote('two')];
  const directory = await hubUnderTest([remote('one', one.origin), remote('two', two.origin)]).open();
  expect((await directory.resources()).found.map(({ server }) => server)).toEqual(['one', 'two']);
  expect(await directory.readResource('note://x')).toMatchObject({ contents: [{ text: 'one' }] });
});
