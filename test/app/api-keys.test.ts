import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startRecordingProxy, type RecordingProxy } from '../fakes/recording-proxy.ts';
import { client } from './client.ts';
import { ADMIN_TOKEN, issueKey, withKey } from './issue-key.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let redis: RecordingProxy;
let model: RecordingProxy;
let worker: WorkerUnderTest;
beforeAll(async () => {
  redis = await startRecordingProxy(inject('vars')['UPSTASH_REDIS_REST_URL'] ?? '');
  model = await startRecordingProxy(inject('vars')['COMPATIBLE_BASE_URL'] ?? '');
  worker = await startWorker({
    ENVIRONMENT: 'production',
    ADMIN_TOKEN,
    UPSTASH_REDIS_REST_URL: redis.url,
    COMPATIBLE_BASE_URL: model.url,
  });
});
afterAll(async () => {
  await worker.close();
  await Promise.all([redis.close(), model.close()]);
});

const admin = () => client(worker.url, { 'x-admin-token': ADMIN_TOKEN });

test('a key is shown once, listed without its secret, used in both headers, and refused after it was revoked', async () => {
  const created = await admin().send('POST', '/admin/keys', {
    name: 'backend',
    owner: 'acme',
    scopes: ['chat', 'tasks'],
    limits: { rate_rps: 50, rate_burst: 100, concurrent_turns: 3 },
    expires_at: '2099-01-01T00:00:00Z',
  });
  expect(created.status).toBe(201);
  const { key, ...shown } = await created.json();
  expect(key).toMatch(/^ew_[A-Za-z0-9_-]{43}$/);
  expect(shown).toEqual({
    id: expect.stringMatching(/^key_[0-9a-f-]{36}$/),
    name: 'backend',
    owner: 'acme',
    scopes: ['chat', 'tasks'],
    limits: {
      rate_rps: 50,
      rate_burst: 100,
      concurrent_turns: 3,
      tokens_per_day: null,
      tokens_per_month: null,
      usd_per_day: null,
      usd_per_month: null,
    },
    hint: key.slice(0, 7),
    created_at: expect.stringMatching(/Z$/),
    expires_at: '2099-01-01T00:00:00.000Z',
  });
  const listed = await (await admin().get('/admin/keys')).text();
  expect(JSON.parse(listed).keys).toContainEqual(shown);
  expect(listed).not.toContain(key);

  for (const headers of [{ authorization: `Bearer ${key}` }, { 'x-api-key': key }] as Record<string, string>[]) {
    expect((await client(worker.url, headers).get('/sessions')).status).toBe(200);
  }
  expect((await admin().send('DELETE', `/admin/keys/${shown.id}`)).status).toBe(204);
  const refused = await withKey(worker.url, key).get('/sessions');
  expect(refused.status).toBe(401);
  expect(refused.headers.get('www-authenticate')).toBe('Bearer realm="edgewise", error="invalid_token"');
  expect(await refused.json()).toMatchObject({ error: { code: 'invalid_credentials' } });
  const again = await admin().send('DELETE', `/admin/keys/${shown.id}`);
  expect([again.status, (await again.json()).error.code]).toEqual([404, 'key_not_found']);
});

test('another isolate that has never seen a key refuses it once it is revoked, also when Postgres was asked before', async () => {
  const namespace = `test-${crypto.randomUUID()}`;
  const [one, other] = await Promise.all([
    startWorker({ ADMIN_TOKEN, HISTORY_NAMESPACE: namespace }),
    startWorker({ ADMIN_TOKEN, HISTORY_NAMESPACE: namespace }),
  ]);
  const { id, key } = await issueKey(one.url);
  expect((await withKey(one.url, key).get('/tasks')).status).toBe(200);
  await client(one.url, { 'x-admin-token': ADMIN_TOKEN }).send('DELETE', `/admin/keys/${id}`);
  expect((await withKey(other.url, key).get('/tasks')).status).toBe(401);
  await Promise.all([one.close(), other.close()]);
});

test('keys of one owner see the same things, keys of others do not', async () => {
  const [one, two, stranger] = await Promise.all([
    issueKey(worker.url, { owner: 'team' }),
    issueKey(worker.url, { owner: 'team' }),
    issueKey(worker.url),
  ]);
  const id = await withKey(worker.url, one.key).newSession();
  expect((await withKey(worker.url, two.key).get(`/sessions/${id}`)).status).toBe(200);
  expect((await withKey(worker.url, stranger.key).get(`/sessions/${id}`)).status).toBe(404);
});

test.each([
  [{ name: '' }, 'name: '],
  [{ scopes: ['everything'] }, 'scopes.0: '],
  [{ scopes: [] }, 'scopes: '],
  [{ owner: 'a/user:b' }, 'owner: must be'],
  [{ limits: { rate_rps: 1 } }, 'limits: give rate_rps and rate_burst together'],
  [{ expires_at: '2001-01-01T00:00:00Z' }, 'expires_at: must lie in the future'],
  [{ expires_at: 'tomorrow' }, 'expires_at: '],
])('a key with %j is not issued: %s', async (body, message) => {
  const response = await admin().send('POST', '/admin/keys', { name: 'x', ...body });
  expect(response.status).toBe(422);
  expect((await response.json()).error.message).toContain(message);
});

test('an expired key is refused from the second on at which it expires', async () => {
  const { key } = await issueKey(worker.url, { expires_at: new Date(Date.now() + 1_500).toISOString() });
  const api = withKey(worker.url, key);
  expect((await api.get('/sessions')).status).toBe(200);
  await expect.poll(async () => (await api.get('/sessions')).status, { timeout: 5_000 }).toBe(401);
  expect((await (await api.get('/sessions')).json()).error.message).toBe('The API key has expired.');
});

test('a turn under a warm key sends one request to Redis before the model, and no more commands than any other', async () => {
  const { key } = await issueKey(worker.url);
  const api = withKey(worker.url, key);
  const id = await api.newSession();
  await api.say(id, 'hello');
  const done = () => redis.requests.some(({ commands }) => commands.some(([name]) => name?.toUpperCase() === 'XDEL'));
  await expect.poll(done).toBe(true);
  redis.requests.length = 0;
  model.requests.length = 0;
  expect((await api.say(id, 'How are you?')).status).toBe(200);
  await expect.poll(done).toBe(true);
  const calledAt = model.requests[0]?.startedAt ?? 0;
  expect(redis.requests.filter(({ startedAt }) => startedAt < calledAt)).toHaveLength(1);
  const names = redis.requests.flatMap(({ commands }) => commands.map(([name]) => name?.toUpperCase()));
  // A limiter for the address and one for the key, begin, end, archive confirmed.
  expect(names).toEqual(['EVALSHA', 'EVALSHA', 'EVALSHA', 'EVALSHA', 'XDEL']);
});

test('a key with a rate of its own is counted by that alone', async () => {
  const other = await startWorker({ RATE_RPS: '0.001', RATE_BURST: '1', ADMIN_TOKEN });
  const { key } = await issueKey(other.url, { limits: { rate_rps: 0.001, rate_burst: 3 } });
  const statuses = [];
  for (let call = 0; call < 4; call++)
    statuses.push((await withKey(other.url, key).send('POST', '/sessions', {})).status);
  expect(statuses).toEqual([201, 201, 201, 429]);
  await other.close();
});
