import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';
import { startTokenIssuer, type TokenIssuer } from './token-issuer.ts';

let service: TokenIssuer;
let worker: WorkerUnderTest;
beforeAll(async () => {
  service = await startTokenIssuer();
  worker = await startWorker({ ALLOW_ANONYMOUS: 'false', INTROSPECTION_HOSTS: new URL(service.url).host });
});
afterAll(async () => {
  await worker.close();
  await service.close();
});
beforeEach(() => service.setMood('well'));

let serial = 0;
function tokenOf(answer: unknown): string {
  serial += 1;
  const token = `token-${serial}`;
  service.people.set(token, answer);
  return token;
}
const as = (token: string, restUrl = service.url) =>
  client(worker.url, { 'x-freva-user-token': `Bearer ${token}`, 'x-freva-rest-url': restUrl });

test('a token stands for whom its service names, however the address is written, and the service is asked once a minute', async () => {
  const [alice, again, bob] = [
    tokenOf({ pw_name: 'alice' }),
    tokenOf({ pw_name: 'alice' }),
    tokenOf({ pw_name: 'bob' }),
  ];
  const id = (await (await as(alice).send('POST', '/tasks', { title: 'mine' })).json()).id;
  const asked = service.requests.length;
  for (const end of ['/', '/api/freva-nextgen', '/api/freva-nextgen/', '/api/freva-nextgen/auth/v2/systemuser']) {
    expect((await as(alice, service.url + end).get(`/tasks/${id}`)).status).toBe(200);
  }
  expect(service.requests.length).toBe(asked);
  expect(service.requests.at(-1)).toBe('/api/freva-nextgen/auth/v2/systemuser');
  expect((await as(again).get(`/tasks/${id}`)).status).toBe(200);
  expect((await as(bob).get(`/tasks/${id}`)).status).toBe(404);
});

test.each([
  [
    'is not known',
    undefined,
    401,
    'invalid_credentials',
    'Token check failed, the token is likely not valid (anymore).',
  ],
  ['is refused with a reason', { detail: 'expired' }, 401, 'invalid_credentials', 'Token check failed: expired'],
  ['has no name', {}, 502, 'identity_malformed', 'Token check response is malformed, no username found.'],
  [
    'has an empty name',
    { pw_name: '' },
    502,
    'identity_malformed',
    'Token check response is malformed, no username found.',
  ],
  [
    'is answered without JSON',
    'hello',
    502,
    'identity_malformed',
    'Token check response is malformed, not valid JSON.',
  ],
])('a token that %s lets nobody in', async (_, answer, status, code, message) => {
  const response = await as(answer === undefined ? 'unknown' : tokenOf(answer)).get('/tasks');
  expect(response.status).toBe(status);
  expect((await response.json()).error).toEqual({ code, message });
});

describe.each(['down', 'slow'] as const)('with the service %s', (mood) => {
  test('a token that was not checked lets nobody in, one that was still does', async () => {
    const known = tokenOf({ pw_name: 'alice' });
    expect((await as(known).get('/tasks')).status).toBe(200);
    service.setMood(mood);
    const response = await as(tokenOf({ pw_name: 'alice' })).get('/tasks');
    expect([response.status, (await response.json()).error.code]).toEqual([503, 'identity_unavailable']);
    expect((await as(known).get('/tasks')).status).toBe(200);
  });
});

test('a token is sent to no address but those that are listed', async () => {
  const stranger = await startTokenIssuer();
  const token = tokenOf({ pw_name: 'alice' });
  const hosts = [
    stranger.url,
    'https://example.com',
    'file:///etc/passwd',
    'nonsense',
    service.url.replace('http://', 'http://u:p@'),
  ];
  for (const url of hosts) {
    const response = await as(token, url).get('/tasks');
    expect([response.status, (await response.json()).error.code], url).toEqual([400, 'introspection_refused']);
  }
  expect(stranger.requests).toEqual([]);
  // A redirect is not followed, wherever it leads.
  service.setMood('redirect');
  expect((await as(tokenOf({ pw_name: 'alice' })).get('/tasks')).status).toBe(401);
  await stranger.close();
});

test('without an address from the client the configured one is asked, also for an ordinary bearer token', async () => {
  const token = tokenOf({ pw_name: 'alice' });
  const missing = await client(worker.url, { authorization: `Bearer ${token}` }).get('/tasks');
  expect(missing.status).toBe(400);
  const configured = await startWorker({ ALLOW_ANONYMOUS: 'false', INTROSPECTION_URL: service.url });
  expect((await client(configured.url, { authorization: `Bearer ${token}` }).get('/tasks')).status).toBe(200);
  expect((await client(configured.url, { authorization: 'Bearer unknown' }).get('/tasks')).status).toBe(401);
  await configured.close();
});
