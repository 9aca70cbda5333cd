import { afterAll, beforeAll, expect, test } from 'vitest';
import { client } from '../app/client.ts';
import { startWorker, type WorkerUnderTest } from '../app/start-worker.ts';
import { startToolServer, type ToolServer } from '../app/tool-server.ts';
import { readMetis, tokensOf } from '../wire/read-metis.ts';
import { readPieces } from './read-pieces.ts';

let tools: ToolServer;
let worker: WorkerUnderTest;
let api: ReturnType<typeof client>;
beforeAll(async () => {
  tools = await startToolServer();
  worker = await startWorker({ MCP_SERVERS: JSON.stringify({ mcpServers: { metis: { url: tools.url } } }) });
  api = client(worker.url);
});
afterAll(async () => {
  await worker.close();
  await tools.close();
});

async function ask(method: string, path: string, body?: unknown) {
  const response = await api.send(method, path, body);
  return { status: response.status, body: await response.json() };
}
async function connect(): Promise<string> {
  const { status, body } = await ask('POST', '/connect', '{"chat_history": []}');
  expect(status).toBe(200);
  expect(body).toEqual({
    success: true,
    session_id: expect.any(String),
    message: 'Agent initialized successfully with Metis MCP server',
  });
  return body.session_id;
}
async function say(id: string, message: string) {
  expect(await ask('POST', `/sessions/${id}/message`, { message })).toEqual({
    status: 200,
    body: {
      success: true,
      message: 'Message received, connect to SSE stream for response',
      turn_id: expect.any(String),
    },
  });
}

test('the curl lines of its example: connect, message, stream', async () => {
  const id = await connect();
  await say(id, 'Hello, what tools do you have access to?');
  const response = await api.get(`/sessions/${id}/stream`);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const { frames } = readMetis(await readPieces(response, [1, 2, 5, 3]));
  expect(tokensOf(frames)).toContain('add_task');
  expect(frames.at(-1)).toEqual({ type: 'completion', message: 'Response completed' });
});

test('a turn with a tool, in the order that the page relies on', async () => {
  const id = await connect();
  await say(id, 'use the tool metis__echo with {"text":"سلام"}');
  // The page has a bare EventSource: no header, and nothing but GET.
  const { frames } = readMetis(await readPieces(await fetch(`${worker.url}/sessions/${id}/stream`), [1]));
  const kinds = frames.map(({ type }) => type).filter((type, at, all) => type !== all[at - 1]);
  expect(kinds).toEqual([
    'tool_call_started',
    'tool_call',
    'tool_call_complete',
    'tool_response',
    'token',
    'completion',
  ]);
  const call_id = expect.any(String);
  expect(frames.slice(0, 4)).toEqual([
    { type: 'tool_call_started', tool_name: 'metis__echo', call_id },
    { type: 'tool_call', name: 'metis__echo', call_id, arguments: { text: 'سلام' } },
    { type: 'tool_call_complete', name: 'metis__echo', call_id },
    {
      type: 'tool_response',
      name: 'metis__echo',
      call_id,
      output: { type: 'text', text: 'echo سلام', annotations: null },
    },
  ]);
  expect(new Set(frames.slice(0, 4).map((frame) => frame['call_id'])).size).toBe(1);
});

test('an EventSource whose connection breaks in the middle of an event goes on by itself, and misses nothing', async () => {
  const id = await connect();
  await say(id, 'Tell me a long story about the sea.');
  const whole = readMetis(await readPieces(await api.get(`/sessions/${id}/stream`), [4096]));
  const said = tokensOf(whole.frames);
  const body = await (await api.get(`/sessions/${id}/stream`)).arrayBuffer();
  for (const part of [0.2, 0.5, 0.8]) {
    const cut = Math.floor(body.byteLength * part);
    const before = readMetis([new Uint8Array(body.slice(0, cut))]);
    const again = await api.get(`/sessions/${id}/stream`, { 'last-event-id': before.lastEventId });
    const after = readMetis(await readPieces(again, [3, 1]));
    expect(tokensOf([...before.frames, ...after.frames])).toBe(said);
    expect(after.frames.at(-1)?.type).toBe('completion');
  }
});

test('a conversation that the page has kept, calls of tools without text among it, goes on', async () => {
  const chat_history = [
    { role: 'user', content: 'My name is Nilufar.' },
    { role: 'assistant', content: '' },
    { role: 'assistant', content: 'Hello Nilufar!' },
  ];
  const { body } = await ask('POST', '/connect', { chat_history });
  await say(body.session_id, 'What is my name?');
  const { frames } = readMetis(await readPieces(await api.get(`/sessions/${body.session_id}/stream`), [9]));
  expect(tokensOf(frames)).toContain('Nilufar');
});

test('status, tools, health, and the end', async () => {
  const id = await connect();
  expect((await ask('GET', `/sessions/${id}/status`)).body).toMatchObject({
    session_id: id,
    agent_name: expect.stringContaining(id),
    history_length: 0,
    created_at: expect.any(String),
    last_activity: expect.any(String),
    is_sse_active: false,
  });
  const { body } = await ask('GET', `/sessions/${id}/tools`);
  expect(body).toMatchObject({
    session_id: id,
    tools_count: body.tools.length,
    mcp_server_names: expect.arrayContaining(['metis']),
    mcp_server_name: expect.any(String),
  });
  const echo = body.tools.find(({ name }: { name: string }) => name === 'metis__echo');
  expect(echo).toMatchObject({ input_schema: { properties: { text: {} } } });
  expect((await ask('GET', '/health')).body).toMatchObject({
    status: 'healthy',
    active_sessions: expect.any(Number),
    active_sse_connections: expect.any(Number),
  });
  expect((await api.send('DELETE', `/sessions/${id}`)).status).toBe(204);
  for (const part of ['status', 'tools', 'stream'])
    expect((await ask('GET', `/sessions/${id}/${part}`)).status).toBe(404);
  expect((await ask('POST', `/sessions/${id}/message`, { message: 'hello' })).status).toBe(404);
});
