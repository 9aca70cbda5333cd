import { afterAll, beforeAll, expect, test } from 'vitest';
import { client } from './client.ts';
import { ADMIN_TOKEN, issueKey } from './issue-key.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let worker: WorkerUnderTest;
beforeAll(async () => {
  worker = await startWorker({ RATE_RPS: '0.01', RATE_BURST: '3', CORS_ORIGINS: 'https://app.example' });
});
afterAll(() => worker.close());

test('the burst is admitted, the rest is refused with the wait, and what was refused leaves no trace', async () => {
  const api = client(worker.url);
  const id = await api.newSession();
  await api.say(id, 'one');
  await api.say(id, 'two');
  const before = await (await api.get(`/sessions/${id}`)).json();
  const refused = await api.send(
    'POST',
    `/sessions/${id}/messages`,
    { content: 'three' },
    { origin: 'https://app.example' },
  );
  expect(refused.status).toBe(429);
  const body = await refused.json();
  expect(body).toEqual({ error: 'rate_limited', retry_after: expect.any(Number) });
  expect(Number(refused.headers.get('retry-after'))).toBe(Math.ceil(body.retry_after));
  expect(refused.headers.get('ratelimit-policy')).toBe('"ip";q=3;w=300');
  expect(refused.headers.get('ratelimit')).toMatch(/^"ip";r=0;t=\d+$/);
  expect(refused.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(refused.headers.get('access-control-allow-origin')).toBe('https://app.example');
  const after = await (await api.get(`/sessions/${id}`)).json();
  expect({ ...after, expires_at: '', last_activity: '' }).toEqual({ ...before, expires_at: '', last_activity: '' });
});

test('reading, health and pages are never limited', async () => {
  const api = client(worker.url);
  for (let call = 0; call < 6; call++) {
    expect((await api.get('/health')).status).toBe(200);
    expect((await api.get('/sessions')).status).toBe(200);
  }
});

test('an API key has a bucket of its own beside the address', async () => {
  const other = await startWorker({ RATE_RPS: '0.01', RATE_BURST: '2', ADMIN_TOKEN });
  const { key } = await issueKey(other.url);
  const api = client(other.url, { 'x-api-key': key });
  const answers = [];
  for (let call = 0; call < 3; call++) answers.push(await api.send('POST', '/sessions', {}));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 429]);
  expect(answers[2]?.headers.get('ratelimit-policy')).toBe('"ip";q=2;w=200, "key";q=2;w=200');
  await other.close();
});
