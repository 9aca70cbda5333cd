import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { client } from './client.ts';
import { ADMIN_TOKEN, issueKey, withKey, type IssuedKey } from './issue-key.ts';
import { codeAt, codeOf } from './refusal-code.ts';
import { pathWith, servedRoutes } from './served-routes.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

/** What anybody may see. Everything else wants credentials, or, under `/admin`, the operator's token. */
const PUBLIC = [
  '/',
  '/health',
  '/metrics',
  '/openapi.json',
  '/docs',
  '/api/docs',
  '/api/redoc',
  '/api/openapi.json',
  '/api/v1/health',
  '/healthz',
  '/api/chatbot/ping',
  '/api/chatbot/docs',
  '/api/chatbot/help',
  '/oauth/callback',
  '/oauth/client-metadata.json',
  '/.well-known/oauth-protected-resource',
];
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

const routes = servedRoutes().filter(({ path }) => !PUBLIC.includes(path));
const callers = routes.filter(({ path }) => !path.startsWith('/admin'));
const byRoute = (list: typeof routes) => list.map(({ method, path }) => [method, path] as const);

let worker: WorkerUnderTest;
let revoked: IssuedKey;
let expired: IssuedKey;
let narrow: IssuedKey;
let whole: IssuedKey;
beforeAll(async () => {
  worker = await startWorker({ ENVIRONMENT: 'production', ADMIN_TOKEN });
  const { url } = worker;
  [revoked, narrow, whole] = await Promise.all([
    issueKey(url),
    issueKey(url, { scopes: ['impersonate'] }),
    issueKey(url),
  ]);
  // By a Worker that is warm by now, so that it is still in the future when it gets there.
  const soon = new Date(Date.now() + 3_000).toISOString();
  expired = await issueKey(url, { expires_at: soon });
  await client(url, { 'x-admin-token': ADMIN_TOKEN }).send('DELETE', `/admin/keys/${revoked.id}`);
  await new Promise((resolve) => setTimeout(resolve, Date.parse(soon) - Date.now()));
});
afterAll(() => worker.close());

/** A body that the route would take. */
function bodyFor(path: string): object {
  if (path.endsWith('/approvals')) return { approval_id: 'x', approved: true };
  if (path.endsWith('/elicitations')) return { elicitation_id: 'x', action: 'cancel' };
  return { title: 'x', content: 'x', message: 'x', messages: [{ role: 'user', content: 'x' }] };
}

describe.each(byRoute(callers))('%s %s', (method, path) => {
  const ask = (headers: Record<string, string>) =>
    client(worker.url, headers).send(method, pathWith(path, UNKNOWN_ID), method === 'GET' ? undefined : {});

  test('wants credentials', async () => {
    const response = await ask({ cookie: `edgewise_visitor=${crypto.randomUUID()}` });
    expect([response.status, await codeOf(response)]).toEqual([401, codeAt(path, 'unauthorized')]);
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="edgewise"');
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  test('refuses wrong, expired and revoked ones', async () => {
    const wrong: Record<string, string>[] = [
      { authorization: `Bearer ew_${'A'.repeat(43)}` },
      { authorization: `Bearer ${expired.key}` },
      { authorization: `Bearer ${revoked.key}` },
      { authorization: `Bearer ${whole.key}x` },
      { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.' },
      // One door says by another status that this is no bearer's token.
      ...(path.startsWith('/api/chatbot/') ? [] : [{ authorization: 'Basic YTpi' }]),
      { authorization: `Bearer ${ADMIN_TOKEN}` },
      { 'x-api-key': 'something' },
      { 'x-freva-user-token': 'Bearer something', 'x-freva-rest-url': 'https://example.com' },
    ];
    for (const headers of wrong) {
      const response = await ask(headers);
      expect([response.status, await codeOf(response)], JSON.stringify(headers)).toEqual([
        401,
        codeAt(path, 'invalid_credentials'),
      ]);
      expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
    }
  });

  test('refuses a key that lacks its scope, and lets one pass that has it', async () => {
    const refused = await ask({ authorization: `Bearer ${narrow.key}` });
    expect([refused.status, await codeOf(refused)]).toEqual([403, codeAt(path, 'missing_scope')]);
    expect(refused.headers.get('www-authenticate')).toMatch(/error="insufficient_scope", scope="\w+"/);
    const passed = await ask({ authorization: `Bearer ${whole.key}` });
    expect([401, 403]).not.toContain(passed.status);
    await passed.body?.cancel();
  });
});

test.each(byRoute(routes.filter(({ path }) => path.startsWith('/admin'))))(
  '%s %s is for the operator alone',
  async (method, path) => {
    const response = await withKey(worker.url, whole.key).send(method, pathWith(path, UNKNOWN_ID));
    expect([response.status, await codeOf(response)]).toEqual([401, 'missing_admin_token']);
  },
);

describe('what belongs to somebody else', () => {
  const FOREIGN = 'foreign-things';
  let stranger: ReturnType<typeof client>;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    const owner = withKey(worker.url, whole.key);
    stranger = withKey(worker.url, (await issueKey(worker.url)).key);
    ids['sessions'] = ids['api'] = await owner.newSession();
    await owner.say(ids['sessions'], 'hello');
    ids['api/tasks'] = ids['tasks'] = String(
      (await (await owner.send('POST', '/tasks', { title: FOREIGN })).json()).id,
    );
    await owner.send('PUT', `/files/${FOREIGN}.txt`, 'private', { 'content-type': 'text/plain' });
    ids['files'] = `${FOREIGN}.txt`;
    await owner.send('POST', '/catalogue/products', `id,name\n${FOREIGN},private`, { 'content-type': 'text/csv' });
    ids['catalogue'] = FOREIGN;
    const stored = await owner.send('POST', '/knowledge/documents', { source: 'private.md', text: 'private' });
    ids['knowledge'] = (await stored.json()).documents[0].id;
  });

  // A PUT of a file makes one of the stranger's own.
  const withId = callers.filter(
    ({ method, path }) =>
      method !== 'PUT' && path.includes(':') && /^\/(sessions|api|tasks|files|catalogue|knowledge)\//.test(path),
  );
  test.each(byRoute(withId))('%s %s answers as if it were not there', async (method, path) => {
    const [, first = '', second] = path.split('/');
    const area = `${first}/${second}` in ids ? `${first}/${second}` : first;
    const id = ids[area] ?? '';
    const missing =
      { sessions: UNKNOWN_ID, api: UNKNOWN_ID, knowledge: UNKNOWN_ID, tasks: '2147483647', 'api/tasks': '2147483647' }[
        area
      ] ?? 'nothing-here';
    const look = async (value: string) => {
      const sent =
        method === 'GET' || method === 'DELETE' ? undefined : path.startsWith('/files') ? 'x' : bodyFor(path);
      const headers = path.startsWith('/files') ? { 'content-type': 'text/plain' } : undefined;
      const response = await stranger.send(method, pathWith(path, value), sent, headers);
      const requestId = response.headers.get('x-request-id') ?? '';
      const text = (await response.text()).replaceAll(requestId, 'R').replaceAll(value, 'ID');
      return { status: response.status, text };
    };
    const [foreign, none] = [await look(id), await look(missing)];
    expect(none.status).toBeOneOf([404, 204]);
    expect(foreign).toEqual(none);
  });

  test('is still there, as its owner left it', async () => {
    const owner = withKey(worker.url, whole.key);
    expect((await owner.get(`/sessions/${ids['sessions']}`)).status).toBe(200);
    expect(await (await owner.get(`/tasks/${ids['tasks']}`)).json()).toMatchObject({ title: FOREIGN });
    expect(await (await owner.get(`/files/${ids['files']}`)).text()).toBe('private');
    expect((await owner.get(`/catalogue/products/${FOREIGN}`)).status).toBe(200);
  });
});

test('in production nobody is anonymous unless it is configured, and a deployment that nobody could call says what to set', async () => {
  const closed = await startWorker({ ENVIRONMENT: 'production' });
  const answer = await client(closed.url).get('/sessions');
  expect(answer.status).toBe(503);
  const { message } = (await answer.json()).error;
  for (const name of ['ALLOW_ANONYMOUS', 'ADMIN_TOKEN', 'JWT_ISSUER', 'INTROSPECTION_URL'])
    expect(message).toContain(name);
  await closed.close();
  const open = await startWorker({ ENVIRONMENT: 'production', ALLOW_ANONYMOUS: 'true' });
  expect((await client(open.url).get('/sessions')).status).toBe(200);
  await open.close();
});

test('a signed cookie tells visitors apart, and one that was made up is replaced', async () => {
  const signed = await startWorker({ COOKIE_SECRET: 'a secret of some length' });
  const first = await client(signed.url).send('POST', '/tasks', { title: 'mine' });
  const cookie = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  expect(first.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Lax/i);
  const tasks = async (value: string) => {
    const response = await client(signed.url, { cookie: value }).get('/tasks');
    return { count: (await response.json()).tasks.length, isNew: response.headers.has('set-cookie') };
  };
  expect(await tasks(cookie)).toEqual({ count: 1, isNew: false });
  const visitor = /edgewise_visitor=([0-9a-f-]{36})/.exec(cookie)?.[1];
  expect(await tasks(`edgewise_visitor=${visitor}`)).toEqual({ count: 0, isNew: true });
  expect(await tasks(cookie.replace(/[0-9a-f](?=[0-9a-f-]{35}\.)/, 'z'))).toEqual({ count: 0, isNew: true });
  await signed.close();
});
