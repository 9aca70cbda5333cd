import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { client } from '../app/client.ts';
import { ADMIN_TOKEN, issueKey, withKey } from '../app/issue-key.ts';
import { startWorker, type WorkerUnderTest } from '../app/start-worker.ts';

let worker: WorkerUnderTest;
let api: ReturnType<typeof client>;
beforeAll(async () => {
  worker = await startWorker({ ADMIN_TOKEN });
  api = visitor();
});
afterAll(() => worker.close());

const visitor = () => client(worker.url, { cookie: `edgewise_visitor=${crypto.randomUUID()}` });
const chat = async (body: object, from = api) => {
  const response = await from.send('POST', '/api/chat', body);
  return { status: response.status, body: await response.json() };
};

test('curl http://localhost:8000/health', async () => {
  const response = await api.get('/health');
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    status: 'healthy',
    service: expect.any(String),
    version: expect.any(String),
    environment: 'development',
  });
});

test('the MCP server lists its five tools to a bare request', async () => {
  const response = await api.send('POST', '/mcp', '{"jsonrpc":"2.0","id":1,"method":"tools/list"}', {
    accept: 'application/json, text/event-stream',
  });
  expect(response.status).toBe(200);
  const text = await response.text();
  for (const name of ['add_task', 'list_tasks', 'complete_task', 'delete_task', 'update_task'])
    expect(text).toContain(`"${name}"`);
});

describe('POST /api/chat', () => {
  test('the curl line creates a task, and says so', async () => {
    const answer = await chat({ message: 'Create a task to buy groceries', user_id: 'user_123' });
    expect(answer).toEqual({
      status: 200,
      body: {
        conversation_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        response: expect.stringContaining('groceries'),
        tool_calls: [
          {
            name: 'add_task',
            arguments: expect.objectContaining({ title: expect.stringContaining('groceries') }),
            result: expect.objectContaining({ status: 'created', task_id: expect.any(Number) }),
          },
        ],
      },
    });
    const tasks = await (await api.get('/api/tasks?user_id=user_123&status=pending')).json();
    expect(tasks).toMatchObject([{ title: answer.body.tool_calls[0].arguments.title, completed: false }]);
  });

  test('the example body of its table works', async () => {
    const body = { message: 'Create a task to buy groceries', user_id: 'user_123', conversation_history: [] };
    expect(await chat(body, visitor())).toMatchObject({ status: 200, body: { tool_calls: [{ name: 'add_task' }] } });
  });

  test('a conversation goes on by its id, and one that a client has kept goes on by its history', async () => {
    const { body: first } = await chat({ message: 'My name is Nilufar.' });
    const { conversation_id } = first;
    expect(first.tool_calls).toEqual([]);
    const { body: second } = await chat({ message: 'What is my name?', conversation_id });
    expect(second).toMatchObject({ conversation_id, response: expect.stringContaining('Nilufar') });
    const conversation_history = [
      { role: 'user', content: 'My name is Farhad.' },
      { role: 'assistant', content: 'Hello Farhad!' },
    ];
    const { body: third } = await chat({ message: 'What is my name?', conversation_history });
    expect(third.response).toContain('Farhad');
    expect(third.conversation_id).not.toBe(conversation_id);
  });

  test('what is refused is a detail with a code', async () => {
    const [owner, stranger] = await Promise.all([issueKey(worker.url), issueKey(worker.url)]);
    const { body } = await chat({ message: 'hello' }, withKey(worker.url, owner.key));
    const again = { message: 'hello', conversation_id: body.conversation_id };
    const foreign = await chat(again, withKey(worker.url, stranger.key));
    const unknown = { status: 404, body: { detail: 'Conversation not found', code: 'CONVERSATION_NOT_FOUND' } };
    expect(foreign).toEqual(unknown);
    expect(await chat({ message: 'hello', conversation_id: 7 })).toEqual(unknown);
    expect(await chat({ message: '  ' })).toEqual({
      status: 422,
      body: { detail: expect.stringContaining('message'), code: 'VALIDATION_ERROR' },
    });
    const locked = await client(worker.url, { authorization: 'Bearer sk-1' }).send('POST', '/api/chat', {
      message: 'x',
    });
    expect([locked.status, await locked.json()]).toEqual([
      401,
      { detail: expect.any(String), code: 'INVALID_CREDENTIALS' },
    ]);
  });

  test('a model that fails is AI_SERVICE_UNAVAILABLE, without a word of its provider', async () => {
    const failing = await startWorker({ COMPATIBLE_MODEL: 'demo?status=500' });
    const answer = await chat({ message: 'hello' }, client(failing.url));
    expect(answer).toEqual({ status: 503, body: { detail: expect.any(String), code: 'AI_SERVICE_UNAVAILABLE' } });
    await failing.close();
  });

  test('a body that quotes the key is still the AI SDK’s', async () => {
    const text = 'Say {"message":"x"}';
    const messages = [{ id: 'm1', role: 'user', parts: [{ type: 'text', text }] }];
    const response = await api.send('POST', '/api/chat', { id: `chat-${crypto.randomUUID()}`, messages });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    await response.text();
  });
});

describe('the tasks', () => {
  test('every route of the table', async () => {
    const made = await api.send('POST', '/api/tasks', { title: 'Water the roses', description: 'at noon' });
    expect(made.status).toBe(201);
    const task = await made.json();
    expect(task).toMatchObject({ id: expect.any(Number), title: 'Water the roses', description: 'at noon' });
    const path = `/api/tasks/${task.id}`;
    expect(await (await api.get(path)).json()).toEqual(task);
    expect((await (await api.get('/api/tasks')).json())[0]).toEqual(task);

    const changed = await api.send('PUT', path, { title: 'Water all roses' });
    expect(await changed.json()).toMatchObject({ id: task.id, title: 'Water all roses', description: 'at noon' });
    for (const _ of [1, 2]) {
      const completed = await api.send('PATCH', `${path}/complete`);
      expect([completed.status, (await completed.json()).completed]).toEqual([200, true]);
    }
    const ids = async (status: string) =>
      (await (await api.get(`/api/tasks?status=${status}`)).json()).map(({ id }: { id: number }) => id);
    expect(await ids('completed')).toContain(task.id);
    expect(await ids('pending')).not.toContain(task.id);

    const removed = await api.send('DELETE', path);
    expect([removed.status, await removed.text()]).toEqual([204, '']);
    for (const [method, address] of [
      ['GET', path],
      ['PUT', path],
      ['DELETE', path],
      ['PATCH', `${path}/complete`],
    ] as const) {
      const gone = await api.send(method, address, method === 'PUT' ? { title: 'x' } : undefined);
      expect([gone.status, await gone.json()]).toEqual([404, { detail: 'Task not found', code: 'TASK_NOT_FOUND' }]);
    }
  });

  test('a wrong one is refused', async () => {
    const refused = await api.send('POST', '/api/tasks', { title: '' });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ detail: expect.stringContaining('title'), code: 'VALIDATION_ERROR' });
    expect((await (await api.get('/api/tasks/1/nothing')).json()).detail).toBe('Not Found');
  });
});

test('a trusted key acts for the users that it names, in chat and tasks alike; nobody else does', async () => {
  const scopes = ['chat', 'tasks', 'tools', 'impersonate'];
  const trusted = withKey(worker.url, (await issueKey(worker.url, { scopes })).key);
  const titles = async (from: ReturnType<typeof client>, query: string) =>
    (await (await from.get(`/api/tasks${query}`)).json()).map(({ title }: { title: string }) => title);
  const { body } = await chat({ message: 'Create a task to feed the cat', user_id: 'alice' }, trusted);
  await trusted.send('POST', '/api/tasks', { title: 'of bob', user_id: 'bob' });
  expect(await titles(trusted, '?user_id=alice')).toEqual([body.tool_calls[0].arguments.title]);
  expect(await titles(trusted, '?user_id=bob')).toEqual(['of bob']);
  expect(await titles(trusted, '')).toEqual([]);
  const asBob = await chat({ message: 'hello', user_id: 'bob', conversation_id: body.conversation_id }, trusted);
  expect(asBob.status).toBe(404);

  const other = withKey(worker.url, (await issueKey(worker.url)).key);
  await other.send('POST', '/api/tasks', { title: 'my own', user_id: 'alice' });
  expect(await titles(other, '?user_id=bob')).toEqual(['my own']);
});
