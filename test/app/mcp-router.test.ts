import { request } from 'node:http';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as EarlierClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as EarlierTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';
import { startToolServer, type ToolServer } from './tool-server.ts';

let worker: WorkerUnderTest;
let remote: ToolServer;
beforeAll(async () => {
  remote = await startToolServer();
  const mcpServers = { far: { url: remote.url }, gone: { url: 'http://127.0.0.1:1/mcp' } };
  worker = await startWorker({ MCP_SERVERS: JSON.stringify({ mcpServers }), CORS_ORIGINS: 'https://app.example' });
});
afterAll(async () => {
  await worker.close();
  await remote.close();
});

const cookie = () => ({ headers: { cookie: `edgewise_visitor=${crypto.randomUUID()}` } });

async function presentClient(): Promise<Client> {
  const opened = new Client({ name: 'present', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  await opened.connect(new StreamableHTTPClientTransport(new URL(`${worker.url}/mcp`), { requestInit: cookie() }));
  onTestFinished(() => opened.close());
  return opened;
}

async function earlierClient(): Promise<EarlierClient> {
  const opened = new EarlierClient({ name: 'earlier', version: '1' });
  await opened.connect(new EarlierTransport(new URL(`${worker.url}/mcp`), { requestInit: cookie() }));
  onTestFinished(() => opened.close());
  return opened;
}

const clients: [string, () => Promise<Client | EarlierClient>][] = [
  ['the present protocol', presentClient],
  ['the earlier protocol', earlierClient],
];

test.each(clients)('over %s the router has every tool, and answers what the tool answered', async (_, connect) => {
  const router = await connect();
  const { tools } = await router.listTools();
  const names = tools.map(({ name }) => name);
  expect(names).toEqual(names.toSorted());
  expect(names).toEqual(expect.arrayContaining(['add_task', 'far__echo', 'far__pay', 'far__picture', 'far__slow']));
  expect(tools.find(({ name }) => name === 'far__echo')).toMatchObject({
    inputSchema: { type: 'object', required: ['text'] },
    annotations: { readOnlyHint: true },
  });

  expect(tools.find(({ name }) => name === 'far__picture')).toMatchObject({
    outputSchema: { type: 'object', properties: { size: { type: 'array', items: { type: 'number' } } } },
  });

  const added = await router.callTool({ name: 'add_task', arguments: { title: 'Through the router' } });
  expect(added.structuredContent).toMatchObject({ status: 'created', title: 'Through the router' });
  expect(await router.callTool({ name: 'list_tasks', arguments: {} })).toMatchObject({
    structuredContent: { tasks: [{ title: 'Through the router' }] },
  });
  expect(await router.callTool({ name: 'far__picture', arguments: {} })).toMatchObject({
    content: [
      { type: 'image', data: 'aGVsbG8=', mimeType: 'image/png', annotations: { priority: 1 } },
      { type: 'resource_link', uri: 'note://one', name: 'one' },
    ],
    structuredContent: { size: [1, 2] },
    _meta: { trace: 'abc' },
  });
});

test.each(clients)('over %s the router has every resource and prompt', async (_, connect) => {
  const router = await connect();
  expect((await router.listResources()).resources).toMatchObject([{ uri: 'note://one', name: 'one' }]);
  expect((await router.listResourceTemplates()).resourceTemplates).toMatchObject([{ uriTemplate: 'note://{name}' }]);
  const read = async (uri: string) => (await router.readResource({ uri })).contents;
  expect(await read('note://one')).toEqual([{ uri: 'note://one', mimeType: 'text/plain', text: 'the first note' }]);
  expect(await read('note://two')).toEqual([{ uri: 'note://two', text: 'note note://two' }]);
  await expect(read('other://two')).rejects.toMatchObject({
    code: -32602,
    message: expect.stringContaining('other://two'),
  });

  expect((await router.listPrompts()).prompts).toMatchObject([{ name: 'far__greet', arguments: [{ name: 'who' }] }]);
  const { messages } = await router.getPrompt({ name: 'far__greet', arguments: { who: 'Ada' } });
  expect(messages).toEqual([{ role: 'user', content: { type: 'text', text: 'Greet Ada.' } }]);
  await expect(router.getPrompt({ name: 'greet' })).rejects.toMatchObject({ code: -32602 });
});

test.each(clients)('over %s progress comes through to who asks for it', async (_, connect) => {
  const router = await connect();
  const seen: unknown[] = [];
  const call = { name: 'far__count', arguments: { text: 'a' } };
  const options = { onprogress: (progress: unknown) => void seen.push(progress) };
  const result =
    router instanceof Client ? router.callTool(call, options) : router.callTool(call, CallToolResultSchema, options);
  expect(await result).toMatchObject({ content: [{ text: 'counted a' }] });
  expect(seen).toMatchObject([
    { progress: 1, total: 2 },
    { progress: 2, total: 2, message: 'nearly' },
  ]);
});

test.each(clients)('over %s a tool that nobody has is refused', async (_, connect) => {
  const router = await connect();
  const call = router.callTool({ name: 'far__nothing', arguments: {} });
  await expect(call).rejects.toMatchObject({ code: -32602, message: expect.stringContaining('far__nothing') });
});

test('a list that lacks a server that is away may be kept for half a minute', async () => {
  const router = await presentClient();
  expect(await router.listTools()).toMatchObject({ ttlMs: 30_000, cacheScope: 'public' });
});

const bare = (method: string, headers: Record<string, string> = {}, params?: unknown) =>
  client(worker.url).send(
    'POST',
    '/mcp',
    { jsonrpc: '2.0', id: 7, method, ...(params !== undefined && { params }) },
    {
      accept: 'application/json, text/event-stream',
      ...headers,
    },
  );

test('a bare tools/list, without a handshake, is answered', async () => {
  const response = await bare('tools/list');
  expect(response.status).toBe(200);
  const [event, data] = (await response.text()).split('\n');
  expect(event).toBe('event: message');
  const { result } = JSON.parse(data?.slice('data: '.length) ?? '');
  expect(result.tools.map(({ name }: { name: string }) => name)).toContain('add_task');
});

test.each(['GET', 'PUT', 'DELETE'])('%s /mcp is not allowed', async (method) => {
  expect((await client(worker.url).send(method, '/mcp')).status).toBe(405);
});

test('a page must be our own or a listed one', async () => {
  const status = async (headers: Record<string, string>) => (await bare('tools/list', headers)).status;
  expect(await status({ origin: worker.url })).toBe(200);
  expect(await status({ origin: 'https://app.example' })).toBe(200);
  for (const path of ['/mcp', '/mcp/tasks']) {
    const refused = await client(worker.url).send('POST', path, {}, { origin: 'https://evil.example' });
    expect(refused.status).toBe(403);
    expect(await refused.json()).toEqual({
      jsonrpc: '2.0',
      id: null,
      error: { code: -32000, message: 'Invalid Origin header' },
    });
  }
});

test('a name that is not of this machine leads nowhere', async () => {
  const { port } = new URL(worker.url);
  const status = (host: string) =>
    new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path: '/mcp', method: 'POST', headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject).end('{}');
    });
  expect(await status(`evil.example:${port}`)).toBe(421);
  expect(await status(`localhost:${port}`)).not.toBe(421);
});

test('a body that is too large is refused in the words of the protocol', async () => {
  const response = await bare('tools/call', {}, { name: 'far__echo', arguments: { text: 'x'.repeat(300_000) } });
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ jsonrpc: '2.0', error: { code: -32000 } });
});

test('tool calls are counted, and nothing else is', async () => {
  const limited = await startWorker({ RATE_RPS: '0.01', RATE_BURST: '1' });
  onTestFinished(() => limited.close());
  const send = (body: unknown) =>
    client(limited.url).send('POST', '/mcp', body, { accept: 'application/json, text/event-stream' });
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'list_tasks', arguments: {} } };
  const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
  expect((await send([call, call])).status).toBe(400);
  expect((await send(call)).status).toBe(200);
  const refused = await send(call);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({ error: { code: -32000, data: { retry_after: expect.any(Number) } } });
  expect((await send(list)).status).toBe(200);
});
