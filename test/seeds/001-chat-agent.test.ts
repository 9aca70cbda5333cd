import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { client } from '../app/client.ts';
import { startWorker, type WorkerUnderTest } from '../app/start-worker.ts';

const ADMIN_TOKEN = 'the-token-of-the-operator';

let worker: WorkerUnderTest;
let api: ReturnType<typeof client>;
beforeAll(async () => {
  worker = await startWorker({
    ADMIN_TOKEN,
    COMPATIBLE_MODEL: 'demo,gpt-4o-mini',
    INITIAL_SYSTEM_PROMPT: 'Be brief.',
  });
});
beforeEach(() => {
  api = client(worker.url, { cookie: `edgewise_visitor=${crypto.randomUUID()}` });
});
afterAll(() => worker.close());

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
async function ask(method: string, path: string, body?: unknown, headers?: Record<string, string>) {
  const response = await api.send(method, path, body, headers);
  const text = await response.text();
  return { status: response.status, body: text === '' ? '' : JSON.parse(text), headers: response.headers };
}

test('its example script: a session, one message, and the end', async () => {
  const made = await ask('POST', '/sessions', { memory_limit: 4, metadata: { from: 'basic_session' } });
  expect(made).toMatchObject({
    status: 201,
    body: { id: expect.any(String), memory_limit: 4, created_at: time, metadata: { from: 'basic_session' } },
  });
  const path = `/sessions/${made.body.id}`;
  const body = { content: 'Hello there!', role: 'user', options: { model: 'gpt-4o-mini' } };
  const reply = await ask('POST', `${path}/messages`, body);
  expect(reply).toMatchObject({
    status: 200,
    body: {
      session_id: made.body.id,
      model: 'compatible/gpt-4o-mini',
      message: { role: 'assistant', content: expect.stringContaining('demonstration model'), created_at: time },
      history: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello there!' },
        { role: 'assistant', content: expect.stringContaining('demonstration model') },
      ],
    },
  });
  expect(reply.body.usage).toMatchObject({ totalTokens: expect.any(Number) });
  expect(await ask('DELETE', path)).toMatchObject({ status: 204, body: '' });
  const gone = await ask('DELETE', path);
  expect(gone).toMatchObject({
    status: 404,
    body: { error: { code: 'session_not_found', message: `Session \`${made.body.id}\` was not found` } },
  });
  expect(gone.body.request_id).toBe(gone.headers.get('x-request-id'));
});

test('a tool is called by name for one request', async () => {
  const id = await api.newSession();
  const body = { content: 'برای من خلاصه بنویس', options: { tool_name: 'list_tasks' } };
  const reply = await ask('POST', `/sessions/${id}/messages`, body);
  expect(reply).toMatchObject({ status: 200, body: { tool_calls: [{ name: 'list_tasks', error: null }] } });
  const unknown = { ...body, options: { tool_name: 'summarise' } };
  expect(await ask('POST', `/sessions/${id}/messages`, unknown)).toMatchObject({
    status: 400,
    body: { error: { code: 'unknown_tool', message: expect.stringContaining('summarise') } },
  });
});

test('a `message` in place of `content` is refused by name', async () => {
  const id = await api.newSession();
  expect(await ask('POST', `/sessions/${id}/messages`, { message: 'Hello' })).toMatchObject({
    status: 422,
    body: {
      error: { code: 'validation_error', message: 'Request validation failed: content: Field required' },
      request_id: expect.any(String),
    },
  });
});

test('memory: the default, the most there may be, and an override for one message', async () => {
  expect((await ask('POST', '/sessions')).body.memory_limit).toBe(10);
  expect(await ask('POST', '/sessions', { memory_limit: 51 })).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid_memory_limit', details: { requested: 51, maximum: 50 } } },
  });
  const id = await api.newSession({ memory_limit: 10 });
  await api.say(id, 'My name is Nilufar.');
  const forgetful = await (await api.say(id, 'What is my name?', { memory_limit: 1 })).json();
  expect(forgetful.message.content).not.toContain('Nilufar');
  expect((await (await api.say(id, 'What is my name?')).json()).message.content).toContain('Nilufar');
});

test('health, metrics, and the root', async () => {
  const numbers = { requests_total: expect.any(Number), responses_total: expect.any(Number) };
  const health = await ask('GET', '/health');
  expect(health.body).toMatchObject({
    uptime_seconds: expect.any(Number),
    ...numbers,
    errors_total: expect.any(Number),
  });
  const metrics = await ask('GET', '/metrics');
  expect(metrics.body).toMatchObject({
    ...numbers,
    errors_total: expect.any(Number),
    requests_by_method: expect.any(Object),
    responses_by_status: expect.any(Object),
    request_latency_avg_ms: expect.any(Number),
    uptime_seconds: expect.any(Number),
  });
  expect((await ask('GET', '/', undefined, { accept: 'application/json' })).body).toEqual({ status: 'ok' });
});

describe('the admin endpoints', () => {
  const token = { 'x-admin-token': ADMIN_TOKEN };

  test('the bypass list and the runtime', async () => {
    expect(await ask('GET', '/admin/bypass', undefined, token)).toMatchObject({ status: 200, body: [] });
    const added = await ask('POST', '/admin/bypass', { ip: '10.0.0.1' }, token);
    expect(added).toMatchObject({ status: 201, body: { ip: '10.0.0.1' } });
    expect((await ask('GET', '/admin/bypass', undefined, token)).body).toEqual(['10.0.0.1']);
    expect((await ask('DELETE', '/admin/bypass/10.0.0.1', undefined, token)).status).toBe(204);
    const twice = await ask('DELETE', '/admin/bypass/10.0.0.1', undefined, token);
    expect(twice).toMatchObject({ status: 404, body: { error: { code: 'bypass_not_found' } } });
    expect((await ask('POST', '/admin/bypass', { ip: 'x' }, token)).body.error.code).toBe('invalid_ip');
    expect((await ask('GET', '/admin/runtime', undefined, token)).body).toMatchObject({
      provider: { default: expect.any(String), available: expect.any(Array) },
      memory: { default_limit: 10, max_limit: 50 },
    });
  });

  test('a token that is missing, wrong, or not configured', async () => {
    const code = async (headers?: Record<string, string>) => {
      const { status, body } = await ask('GET', '/admin/bypass', undefined, headers);
      return [status, body.error.code];
    };
    expect(await code()).toEqual([401, 'missing_admin_token']);
    expect(await code({ 'x-admin-token': 'wrong' })).toEqual([401, 'invalid_admin_token']);
  });
});

test('beyond the rate there is a 429 in the shape of its document, with a request id', async () => {
  const strict = await startWorker({ RATE_RPS: '0.5', RATE_BURST: '2' });
  const own = client(strict.url);
  const answers = [];
  for (let index = 0; index < 3; index += 1) answers.push(await own.send('POST', '/sessions', {}));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 429]);
  const [, , refused] = answers;
  expect(await refused?.json()).toEqual({ error: 'rate_limited', retry_after: expect.any(Number) });
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  expect(refused?.headers.get('x-request-id')).toBeTruthy();
  await strict.close();
});
