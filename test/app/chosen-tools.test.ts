import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { startRecordingProxy, type RecordingProxy } from '../fakes/recording-proxy.ts';
import { client } from './client.ts';
import { readChunks } from './read-events.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';
import { startToolServer, type ToolServer } from './tool-server.ts';

let model: RecordingProxy;
let remote: ToolServer;
let worker: WorkerUnderTest;
beforeAll(async () => {
  model = await startRecordingProxy(inject('vars')['COMPATIBLE_BASE_URL'] ?? '');
  remote = await startToolServer();
  const mcpServers = { far: { url: remote.url }, gone: { url: 'http://127.0.0.1:1/mcp' } };
  worker = await startWorker({ COMPATIBLE_BASE_URL: model.url, MCP_SERVERS: JSON.stringify({ mcpServers }) });
});
afterAll(async () => {
  await worker.close();
  await Promise.all([model.close(), remote.close()]);
});

/** What the model was given to choose from, in every request since the last look. */
function asked(): { tools: string[]; choice: unknown }[] {
  const bodies = model.requests.map(({ body }) => JSON.parse(body));
  model.requests.length = 0;
  return bodies.map(({ tools = [], tool_choice: choice }) => ({
    tools: tools.map((tool: { function: { name: string } }) => tool.function.name),
    choice,
  }));
}

test('a message may name the servers that its turn uses, and the next one has them all again', async () => {
  const api = client(worker.url);
  const id = await api.newSession();
  asked();
  const chunks = await readChunks(await api.stream(id, 'hello', { options: { server_names: ['far'] } }));
  expect(chunks.map(({ type }) => type)).not.toContain('data-mcp-status');
  const [narrow] = asked();
  expect(narrow?.tools).toContain('far__echo');
  expect(narrow?.tools.filter((name) => !name.startsWith('far__'))).toEqual([]);

  await api.say(id, 'hello', { options: { server_names: 'tasks, far' } });
  expect(asked()[0]?.tools).toEqual(expect.arrayContaining(['add_task', 'far__echo']));
  await api.say(id, 'hello');
  expect(asked()[0]?.tools).toEqual(expect.arrayContaining(['add_task', 'far__echo', 'list_files']));
});

test('a server that is not configured is refused with the names of those that are', async () => {
  const api = client(worker.url);
  const id = await api.newSession();
  const refused = await api.say(id, 'hello', { options: { server_names: ['far', 'nowhere'] } });
  expect([refused.status, await refused.json()]).toMatchObject([
    400,
    {
      error: {
        code: 'unknown_mcp_server',
        details: { requested: expect.arrayContaining(['nowhere']), known: expect.arrayContaining(['far', 'gone']) },
      },
    },
  ]);
  expect(await (await api.get(`/sessions/${id}`)).json()).toMatchObject({ messages: [] });
});

test('a chosen tool is asked for in the first step, and left to the model after it', async () => {
  const api = client(worker.url);
  asked();
  const chosen = { tool_name: 'add_task' };
  await api.say(await api.newSession(), 'add a task to buy milk', { options: chosen });
  expect(asked().map(({ choice }) => choice)).toEqual([{ type: 'function', function: { name: 'add_task' } }, 'auto']);
});

test.each([
  ['none', ['none']],
  ['required', ['required', 'auto']],
  ['auto', ['auto', 'auto']],
])('tool_choice %s reaches the model', async (tool_choice, choices) => {
  const api = client(worker.url);
  asked();
  const response = await api.say(await api.newSession(), 'add a task to buy milk', { options: { tool_choice } });
  const { tool_calls: calls } = await response.json();
  expect(asked().map(({ choice }) => choice)).toEqual(choices);
  expect(calls).toHaveLength(choices.length - 1);
});

test('without sealing keys nobody can log in or store a secret, which is said with the name of what is missing', async () => {
  const mcpServers = {
    person: { url: remote.url, auth: { type: 'oauth' } },
    mine: { url: remote.url, auth: { type: 'userSecret', header: 'X-Key' } },
    far: { url: remote.url },
  };
  const bare = await startWorker({ SEALING_KEYS: '', MCP_SERVERS: JSON.stringify({ mcpServers }) });
  onTestFinished(() => bare.close());
  const api = client(bare.url);
  for (const response of [
    await api.get('/oauth/login/person'),
    await api.send('POST', '/tools/servers/person/login'),
    await api.send('PUT', '/tools/servers/mine/secret', { secret: 's' }),
  ]) {
    expect(response.status).toBe(503);
    const error = { code: 'configuration_error', message: expect.stringContaining('SEALING_KEYS is not set') };
    expect(await response.json()).toMatchObject({ error });
  }
  const { servers } = await (await api.get('/tools/servers')).json();
  expect(servers).toMatchObject([{ authorized: true }, { authorized: false }, { authorized: false }]);

  const chunks = await readChunks(await api.stream(await api.newSession(), 'use the tool far__echo with {"text":"a"}'));
  const reason = 'cannot be logged in to here: SEALING_KEYS is not set';
  expect(chunks).toContainEqual({
    type: 'data-mcp-status',
    transient: true,
    data: {
      unavailable: [
        { server: 'mine', reason },
        { server: 'person', reason },
      ],
      changed: [],
    },
  });
  expect(chunks.map(({ type }) => type)).not.toContain('data-mcp-auth-required');
  expect(chunks).toContainEqual(expect.objectContaining({ type: 'tool-output-available' }));
});
