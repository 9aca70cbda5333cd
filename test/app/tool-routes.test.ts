import { afterAll, beforeAll, expect, test } from 'vitest';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';
import { startToolServer, type ToolServer } from './tool-server.ts';

let worker: WorkerUnderTest;
let remote: ToolServer;
beforeAll(async () => {
  remote = await startToolServer();
  const mcpServers = { far: { url: remote.url }, gone: { url: 'http://127.0.0.1:1/mcp' } };
  worker = await startWorker({ MCP_SERVERS: JSON.stringify({ mcpServers }) });
});
afterAll(async () => {
  await worker.close();
  await remote.close();
});

const visitor = () => client(worker.url, { cookie: `edgewise_visitor=${crypto.randomUUID()}` });
const GONE = { server: 'gone', reason: 'could not be reached' };

test('all tools are listed with what they take and where they come from', async () => {
  const { tools, unavailable } = await (await visitor().get('/tools')).json();
  expect(tools.find(({ name }: { name: string }) => name === 'far__echo')).toEqual({
    name: 'far__echo',
    title: null,
    description: null,
    input_schema: expect.objectContaining({ type: 'object', required: ['text'] }),
    server: 'far',
    annotations: { readOnlyHint: true },
  });
  expect(tools).toContainEqual(expect.objectContaining({ name: 'add_task', server: 'tasks' }));
  expect(unavailable).toEqual([GONE]);
});

test('a tool is run as the caller, in both spellings, with its own result', async () => {
  const api = visitor();
  const run = async (body: unknown) => (await api.send('POST', '/tools/execute', body)).json();
  expect(await run({ tool_name: 'add_task', parameters: { title: 'By hand' } })).toMatchObject({
    tool_name: 'add_task',
    result: { structuredContent: { status: 'created', title: 'By hand' } },
  });
  expect(await (await api.get('/tasks')).json()).toMatchObject({ tasks: [{ title: 'By hand' }] });
  expect(await run({ name: 'far__echo', arguments: { text: 'hi' } })).toEqual({
    tool_name: 'far__echo',
    result: expect.objectContaining({ content: [{ type: 'text', text: 'echo hi' }] }),
  });
  expect(await run({ name: 'far__echo', arguments: {} })).toMatchObject({ result: { isError: true } });
});

test.each([
  [{ name: 'far__nothing' }, 400, 'unknown_tool', 'There is no tool `far__nothing`.'],
  [{ name: 'gone__echo' }, 400, 'unknown_tool', 'There is no tool `gone__echo`.'],
  [{}, 422, 'validation_error', 'tool_name'],
  [{ name: 'far__echo', arguments: 'text' }, 422, 'validation_error', 'arguments'],
])('executing %j is refused', async (body, status, code, message) => {
  const response = await visitor().send('POST', '/tools/execute', body);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error: { code, message: expect.stringContaining(message) } });
});

test('resources are listed and read', async () => {
  const api = visitor();
  expect(await (await api.get('/resources')).json()).toEqual({
    resources: [
      {
        uri: 'note://one',
        name: 'one',
        title: null,
        description: null,
        mime_type: 'text/plain',
        size: null,
        server: 'far',
      },
    ],
    resource_templates: [
      { uri_template: 'note://{name}', name: 'any', title: null, description: null, mime_type: null, server: 'far' },
    ],
    unavailable: [GONE],
  });
  expect(await (await api.get('/resources/read?uri=note://one')).json()).toEqual({
    uri: 'note://one',
    contents: [{ uri: 'note://one', mime_type: 'text/plain', text: 'the first note' }],
  });
  const missing = await api.get('/resources/read?uri=other://one');
  expect(missing.status).toBe(404);
  expect(await missing.json()).toMatchObject({ error: { code: 'resource_not_found' } });
  expect((await api.get('/resources/read')).status).toBe(422);
});

test('prompts are listed', async () => {
  expect(await (await visitor().get('/prompts')).json()).toEqual({
    prompts: [
      {
        name: 'far__greet',
        title: null,
        description: null,
        arguments: [{ name: 'who', description: null, required: true }],
        server: 'far',
      },
    ],
    library: expect.arrayContaining([{ name: 'baseline', examples: expect.any(Number) }]),
    unavailable: [GONE],
  });
});

test('a session shows the tools of its own servers, to its own caller', async () => {
  const api = visitor();
  const id = await api.newSession({ mcp_servers: ['far'] });
  const body = await (await api.get(`/sessions/${id}/tools`)).json();
  expect(body).toMatchObject({
    session_id: id,
    agent_name: `edgewise-agent-${id}`,
    tools_count: 7,
    mcp_server_names: ['far'],
    mcp_server_name: 'far',
  });
  expect(body.tools.map(({ name }: { name: string }) => name)).toEqual([
    'far__count',
    'far__echo',
    'far__pay',
    'far__picture',
    'far__register',
    'far__slow',
    'far__visit',
  ]);
  expect((await api.get(`/sessions/${crypto.randomUUID()}/tools`)).status).toBe(404);
});
