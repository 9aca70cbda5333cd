import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { client } from '../app/client.ts';
import { startWorker, type WorkerUnderTest } from '../app/start-worker.ts';
import { startToolServer, type ToolServer } from '../app/tool-server.ts';
import { readMetis } from '../wire/read-metis.ts';
import { readPieces } from './read-pieces.ts';

let tools: ToolServer;
let worker: WorkerUnderTest;
let api: ReturnType<typeof client>;
beforeAll(async () => {
  tools = await startToolServer();
  worker = await startWorker({ MCP_SERVERS: JSON.stringify({ mcpServers: { remote: { url: tools.url } } }) });
  api = client(worker.url, { cookie: `edgewise_visitor=${crypto.randomUUID()}` });
});
afterAll(async () => {
  await worker.close();
  await tools.close();
});

const success = (data: unknown) => ({ code: 0, msg: 'success', data });
const failure = (code: number, msg: unknown) => ({ detail: { code, msg, data: null } });
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
const question = (content: string) => ({ messages: [{ role: 'user', content }] });

async function ask(method: string, path: string, body?: unknown, headers?: Record<string, string>) {
  const response = await api.send(method, path, body, headers);
  return { status: response.status, body: await response.json() };
}
async function newSession(): Promise<string> {
  return (await ask('POST', '/api/v1/sessions', {})).body.data.session_id;
}

test('the addresses to visit once it runs', async () => {
  for (const path of ['/api/docs', '/api/redoc']) {
    const page = await api.get(path);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
  }
  expect((await ask('GET', '/api/openapi.json')).body.openapi).toMatch(/^3\.1/);
  expect((await ask('GET', '/health')).status).toBe(200);
  expect(await ask('GET', '/api/v1/health')).toEqual({
    status: 200,
    body: { code: 0, msg: 'healthy', data: { status: 'ok', version: expect.any(String) } },
  });
});

test('sessions: create, list, read, rename, stop, delete', async () => {
  const made = await ask('POST', '/api/v1/sessions', {});
  const { session_id } = made.body.data;
  expect(made).toEqual({
    status: 200,
    body: success({ session_id: expect.any(String), title: 'New Session', created_at: time }),
  });
  const path = `/api/v1/sessions/${session_id}`;
  await ask('POST', `/api/v1/chat/${session_id}/message`, question('hello'));
  const about = { session_id, title: 'New Session', status: 'active', created_at: time, updated_at: time };
  const listed = await ask('GET', '/api/v1/sessions');
  expect(listed.body.data.sessions[0]).toEqual({
    ...about,
    last_message_at: time,
    message_count: 2,
    unread_message_count: 0,
  });
  const message = { id: expect.any(String), timestamp: time, metadata: expect.any(Object) };
  expect((await ask('GET', path)).body).toEqual(
    success({
      ...about,
      last_message_at: time,
      messages: [
        { ...message, role: 'user', content: 'hello' },
        { ...message, role: 'assistant', content: expect.stringContaining('Hello') },
      ],
    }),
  );
  const renamed = await ask('PUT', path, { title: 'Tea' });
  expect(renamed.body).toEqual(success({ session_id, title: 'Tea', status: 'active' }));
  expect(await ask('POST', `${path}/stop`)).toEqual({ status: 200, body: success(null) });
  expect(await ask('DELETE', path)).toEqual({ status: 200, body: success(null) });
  for (const method of ['GET', 'DELETE'])
    expect(await ask(method, path)).toEqual({ status: 404, body: failure(404, 'Session not found') });
});

describe('POST /api/v1/chat/sse', () => {
  const stream = (id: string, content: string) =>
    api.send('POST', '/api/v1/chat/sse', question(content), { 'x-session-id': id });
  /** As a client reads it, whatever the network makes of it; the end is a frame that is no JSON. */
  async function framesOf(response: Response) {
    const pieces = await readPieces(response, [1, 7, 2, 64]);
    const body = Buffer.concat(pieces).toString();
    expect(body.endsWith('data: [DONE]\n\n')).toBe(true);
    expect(body).not.toMatch(/[^\n\x20-\x7e]|^event:|data: data:/m);
    const end = Buffer.from('data: [DONE]\n\n').length;
    return readMetis([Buffer.from(body).subarray(0, -end)]).frames;
  }
  const said = (frames: { type: string; data?: unknown }[]) =>
    frames.map(({ type, data }) => (type === 'token' ? String(data) : '')).join('');

  test('tokens, a tool’s result, and the end', async () => {
    const id = await newSession();
    const response = await stream(id, 'use the tool remote__echo with {"text":"سلام"}');
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const frames = await framesOf(response);
    expect(said(frames)).toContain('سلام');
    expect(frames.filter(({ type }) => type !== 'token')).toEqual([
      {
        type: 'tool_result',
        data: {
          tool_call_id: expect.any(String),
          result: expect.objectContaining({ content: [{ type: 'text', text: 'echo سلام' }] }),
        },
      },
      { type: 'done', data: 'stop' },
    ]);
    const { messages } = (await ask('GET', `/api/v1/sessions/${id}`)).body.data;
    expect(messages.map(({ role }: { role: string }) => role)).toEqual(['user', 'assistant']);

    // The turn remembers its door.
    const again = await framesOf(await api.get(`/sessions/${id}/stream`));
    expect(said(again)).toBe(said(frames));
  });

  test('the session is named by a header or in the query, and has to be', async () => {
    const id = await newSession();
    const byQuery = await api.send('POST', `/api/v1/chat/sse?session_id=${id}`, question('hello'));
    expect(said(await framesOf(byQuery))).toContain('Hello');
    expect(await ask('POST', '/api/v1/chat/sse', question('hello'))).toEqual({
      status: 400,
      body: failure(400, 'session_id header is required'),
    });
    const unknown = { 'x-session-id': crypto.randomUUID() };
    expect(await ask('POST', '/api/v1/chat/sse', question('hello'), unknown)).toEqual({
      status: 404,
      body: failure(404, 'Session not found'),
    });
  });

  test('a model that fails is an error frame, and then the end', async () => {
    const failing = await startWorker({ COMPATIBLE_MODEL: 'demo?status=500' });
    const other = client(failing.url);
    const id = (await (await other.send('POST', '/api/v1/sessions', {})).json()).data.session_id;
    const response = await other.send('POST', '/api/v1/chat/sse', question('hello'), { 'x-session-id': id });
    expect(response.status).toBe(200);
    expect(await framesOf(response)).toEqual([{ type: 'error', data: expect.any(String) }]);
    await failing.close();
  });
});

test('POST /api/v1/chat/{session_id}/message', async () => {
  const path = `/api/v1/chat/${await newSession()}/message`;
  expect(await ask('POST', path, question('hello'))).toEqual({
    status: 200,
    body: success({
      message_id: expect.stringMatching(/^msg_/),
      content: expect.stringContaining('Hello'),
      timestamp: time,
    }),
  });
  expect(await ask('POST', path, { ...question('hello'), llm_provider: 'anthropic' })).toEqual({
    status: 400,
    body: failure(400, 'LLM provider anthropic not available'),
  });
  expect(await ask('POST', path, {})).toEqual({ status: 422, body: failure(422, expect.stringContaining('messages')) });
});

test('tools: list, execute, resources', async () => {
  const listed = (await ask('GET', '/api/v1/tools/list')).body.data.tools;
  const byName = (name: string) => listed.find((tool: { name: string }) => tool.name === name);
  const shape = { description: expect.any(String), parameters: expect.objectContaining({ type: 'object' }) };
  expect(byName('remote__echo')).toEqual({ name: 'remote__echo', ...shape, source: 'mcp' });
  expect(byName('add_task')).toEqual({ name: 'add_task', ...shape, source: 'built-in' });

  const call = { tool_name: 'remote__echo', parameters: { text: 'tea' } };
  const executed = await ask('POST', '/api/v1/tools/execute', call, { 'x-session-id': 'any' });
  expect(executed.body).toEqual(
    success({
      tool_name: 'remote__echo',
      result: expect.objectContaining({ content: [{ type: 'text', text: 'echo tea' }] }),
    }),
  );
  expect((await ask('POST', '/api/v1/tools/execute', call)).body).toEqual(
    failure(400, 'session_id header is required'),
  );

  const { resources } = (await ask('GET', '/api/v1/tools/resources')).body.data;
  const { uri } = resources[0];
  expect(resources[0]).toEqual({
    uri: expect.any(String),
    name: expect.any(String),
    description: expect.any(String),
    mime_type: expect.toBeOneOf([null, expect.any(String)]),
    source: 'mcp',
  });
  const read = await ask('GET', `/api/v1/tools/resources/${encodeURIComponent(uri)}`);
  expect(read.body).toEqual(success({ uri, content: expect.any(String) }));
});
