import { afterAll, beforeAll, expect, test } from 'vitest';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

const ADMIN_TOKEN = 'the-token-of-the-operator';

let worker: WorkerUnderTest;
beforeAll(async () => {
  worker = await startWorker({ ADMIN_TOKEN, RATE_RPS: '0.001', RATE_BURST: '2', COMPATIBLE_API_KEY: 'sk-secret' });
});
afterAll(() => worker.close());

const admin = () => client(worker.url, { 'x-admin-token': ADMIN_TOKEN });

const ADMIN_ROUTES = [
  ['GET', '/admin/runtime'],
  ['GET', '/admin/bypass'],
  ['POST', '/admin/bypass'],
  ['DELETE', '/admin/bypass/10.0.0.1'],
  ['GET', '/admin/nothing-here'],
] as const;

test.each(ADMIN_ROUTES)('%s %s is for who has the token', async (method, path) => {
  const codes = [];
  const wrong: Record<string, string>[] = [
    {},
    { 'x-admin-token': 'wrong' },
    { authorization: `Bearer ${ADMIN_TOKEN}` },
  ];
  for (const headers of wrong) {
    const response = await client(worker.url, headers).send(method, path);
    expect(response.status).toBe(401);
    codes.push((await response.json()).error.code);
  }
  expect(codes).toEqual(['missing_admin_token', 'invalid_admin_token', 'missing_admin_token']);
});

test('without ADMIN_TOKEN the group is switched off', async () => {
  const other = await startWorker();
  for (const [method, path] of ADMIN_ROUTES) {
    const response = await client(other.url, { 'x-admin-token': '' }).send(method, path);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: 'admin_disabled' } });
  }
  await other.close();
});

test('runtime tells what was resolved, and no secret', async () => {
  const response = await admin().get('/admin/runtime');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({
    provider: {
      default: 'compatible',
      available: ['compatible'],
      default_model: 'compatible/demo',
      mcp_server_names: expect.arrayContaining(['tasks']),
    },
    memory: { backend: 'RedisChatMemory', default_limit: 10, max_limit: 50 },
    limits: { rate_burst: 2 },
  });
  for (const secret of [ADMIN_TOKEN, 'sk-secret', 'local-token', 'postgres:']) expect(text).not.toContain(secret);
});

test('the bypass list holds addresses in their one spelling, sorted as text', async () => {
  const api = admin();
  const add = (ip: string) => api.send('POST', '/admin/bypass', { ip });
  expect(await (await api.get('/admin/bypass')).json()).toEqual([]);
  const added = await add('2001:DB8:0::1');
  expect([added.status, await added.json()]).toEqual([201, { ip: '2001:db8::1' }]);
  await add('9.9.9.9');
  await add('10.0.0.1');
  expect(await (await api.get('/admin/bypass')).json()).toEqual(['10.0.0.1', '2001:db8::1', '9.9.9.9']);
  for (const ip of ['10.0.0.1', '9.9.9.9', encodeURIComponent('2001:db8:0:0::1')]) {
    expect((await api.send('DELETE', `/admin/bypass/${ip}`)).status).toBe(204);
  }
  const again = await api.send('DELETE', '/admin/bypass/10.0.0.1');
  expect([again.status, await again.json()]).toMatchObject([
    404,
    { error: { code: 'bypass_not_found', message: 'Bypass entry was not found.' } },
  ]);
  expect(await (await add('example.com')).json()).toMatchObject({ error: { code: 'invalid_ip' } });
  expect((await api.send('DELETE', '/admin/bypass/nonsense')).status).toBe(400);
  expect(await (await api.send('POST', '/admin/bypass', {})).json()).toMatchObject({
    error: { code: 'validation_error', message: 'Request validation failed: ip: Field required' },
  });
});

test('an address on the bypass list is not limited, and is again once it is taken off', async () => {
  const from = (ip: string) => client(worker.url, { 'cf-connecting-ip': ip });
  const statuses = async (ip: string) => {
    const found = [];
    for (let call = 0; call < 4; call++) found.push((await from(ip).send('POST', '/sessions', {})).status);
    return found;
  };
  await admin().send('POST', '/admin/bypass', { ip: '192.0.2.7' });
  expect(await statuses('192.0.2.7')).toEqual([201, 201, 201, 201]);
  expect(await statuses('192.0.2.8')).toEqual([201, 201, 429, 429]);
  const id = await from('192.0.2.7').newSession();
  expect((await from('192.0.2.7').say(id, 'hello')).status).toBe(200);
  await admin().send('DELETE', '/admin/bypass/192.0.2.7');
  expect(await statuses('192.0.2.7')).toEqual([429, 429, 429, 429]);
});
