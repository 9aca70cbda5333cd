import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';
import { startTokenIssuer, type TokenIssuer } from './token-issuer.ts';

let issuer: TokenIssuer;
let worker: WorkerUnderTest;
beforeAll(async () => {
  issuer = await startTokenIssuer();
  worker = await start();
});
afterAll(async () => {
  await worker.close();
  await issuer.close();
});
beforeEach(() => issuer.setMood('well'));

const start = (more: Record<string, string> = {}) =>
  startWorker({ ALLOW_ANONYMOUS: 'false', JWT_ISSUER: issuer.url, JWT_AUDIENCE: 'other,edgewise', ...more });
const ask = (token: string, path = '/tasks', url = worker.url) =>
  client(url, { authorization: `Bearer ${token}` }).get(path);
const seconds = (fromNow: number) => Math.floor(Date.now() / 1000) + fromNow;

test('a token lets its subject in, who sees what is theirs with every token of theirs, and nobody else does', async () => {
  const as = async (sub: string) => client(worker.url, { authorization: `Bearer ${await issuer.token({ sub })}` });
  const id = (await (await (await as('alice')).send('POST', '/tasks', { title: 'mine' })).json()).id;
  expect((await (await as('alice')).get(`/tasks/${id}`)).status).toBe(200);
  expect((await (await as('bob')).get(`/tasks/${id}`)).status).toBe(404);
  const session = await (await as('alice')).newSession();
  expect((await (await as('alice')).say(session, 'hello')).status).toBe(200);
  expect((await (await as('bob')).say(session, 'hello')).status).toBe(404);
});

describe('a token is refused', () => {
  const cases: [why: string, token: () => Promise<string> | string][] = [
    ['that has expired', () => issuer.token({ exp: seconds(-31) })],
    ['that is not valid yet', () => issuer.token({ nbf: seconds(60) })],
    ['that never expires', () => issuer.token({ exp: undefined })],
    ['for somebody else', () => issuer.token({ aud: 'another-service' })],
    ['of another issuer', () => issuer.token({ iss: 'https://issuer.example' })],
    ['without a subject', () => issuer.token({ sub: undefined })],
    ['with an empty subject', () => issuer.token({ sub: '' })],
    [
      'that is not signed',
      () =>
        new UnsecuredJWT({ sub: 'alice' })
          .setIssuer(issuer.url)
          .setAudience('edgewise')
          .setExpirationTime('1h')
          .encode(),
    ],
    [
      'that is signed with the public key as a shared secret',
      () =>
        new SignJWT({ sub: 'alice', iss: issuer.url, aud: 'edgewise', exp: seconds(600) })
          .setProtectedHeader({ alg: 'HS256', kid: 'key-1' })
          .sign(new TextEncoder().encode(issuer.publicKeyText())),
    ],
    [
      'whose claims were changed',
      async () => {
        const [head = '', , signature = ''] = (await issuer.token()).split('.');
        const claims = { iss: issuer.url, aud: 'edgewise', sub: 'admin', exp: seconds(600) };
        return `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
      },
    ],
    ['whose key its issuer does not have', () => issuer.token({}, { kid: 'never-published' })],
    ['that is none', () => 'abc.def.ghi'],
    ['that is longer than any', () => `a.${'b'.repeat(17_000)}.c`],
  ];
  test.each(cases)('%s', async (_, token) => {
    const response = await ask(await token());
    expect(response.status).toBe(401);
    const { error } = await response.json();
    expect(error).toEqual({ code: 'invalid_credentials', message: expect.stringMatching(/^The token /) });
    const challenge = response.headers.get('www-authenticate') ?? '';
    expect(challenge).toContain('error="invalid_token"');
    expect(challenge).toContain(`resource_metadata="${worker.url}/.well-known/oauth-protected-resource"`);
  });
});

test('clocks may be half a minute apart', async () => {
  expect((await ask(await issuer.token({ exp: seconds(-20) }))).status).toBe(200);
  expect((await ask(await issuer.token({ nbf: seconds(20) }))).status).toBe(200);
});

test('scopes are those that the token states, as a text or a list; without any, the usual ones; never impersonate', async () => {
  const statuses = async (claims: object) => {
    const token = await issuer.token({ ...claims });
    return [(await ask(token, '/tasks')).status, (await ask(token, '/files')).status];
  };
  expect(await statuses({})).toEqual([200, 200]);
  expect(await statuses({ scope: 'openid tasks' })).toEqual([200, 403]);
  expect(await statuses({ scp: ['files'] })).toEqual([403, 200]);
  expect(await statuses({ scope: 'openid' })).toEqual([403, 403]);
  expect(await statuses({ scope: 7 })).toEqual([403, 403]);
});

test('the issuer is asked for its keys once, again when it signs with a new one, and not for every forged name of a key', async () => {
  const own = await startTokenIssuer();
  const other = await startWorker({ JWT_ISSUER: own.url, JWT_AUDIENCE: 'edgewise', JWT_JWKS_URL: `${own.url}/jwks` });
  const before = await own.token();
  for (let call = 0; call < 3; call++) expect((await ask(before, '/tasks', other.url)).status).toBe(200);
  expect(own.requests).toEqual(['/jwks']);
  const forged = await own.token({}, { kid: 'forged' });
  for (let call = 0; call < 3; call++) expect((await ask(forged, '/tasks', other.url)).status).toBe(401);
  expect(own.requests).toEqual(['/jwks']);
  await other.close();
  await own.close();
});

describe.each(['down', 'slow', 'garbage', 'redirect'] as const)('with the issuer %s', (mood) => {
  test('nobody is let in whose token cannot be checked, and it is said why; who can be checked still is', async () => {
    const cold = await start();
    const token = await issuer.token();
    issuer.setMood(mood);
    const startedAt = performance.now();
    const refused = await ask(token, '/tasks', cold.url);
    expect(refused.status).toBe(503);
    expect((await refused.json()).error.code).toBe('identity_unavailable');
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    // Left alone for a moment after that: the next refusal comes at once.
    const asked = issuer.requests.length;
    expect((await ask(token, '/tasks', cold.url)).status).toBe(503);
    expect(issuer.requests.length).toBe(asked);
    // The other Worker knows the keys.
    expect((await ask(await issuer.token(), '/tasks')).status).toBe(200);
    expect((await ask('abc.def.ghi', '/tasks')).status).toBe(401);
    await cold.close();
  });
});

test('clients of MCP are told in JSON-RPC what is wrong, and where to get a token', async () => {
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
  const refused = await client(worker.url).send('POST', '/mcp/tasks', call);
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({
    jsonrpc: '2.0',
    error: { code: -32000, data: { code: 'unauthorized' } },
  });
  const metadataUrl = /resource_metadata="([^"]+)"/.exec(refused.headers.get('www-authenticate') ?? '')?.[1] ?? '';
  const metadata = await (await fetch(metadataUrl)).json();
  expect(metadata).toMatchObject({ resource: worker.url, authorization_servers: [issuer.url] });
  const token = await issuer.token({ scope: 'tasks' });
  const accept = 'application/json, text/event-stream';
  const served = await client(worker.url, { authorization: `Bearer ${token}`, accept }).send(
    'POST',
    '/mcp/tasks',
    call,
  );
  expect(served.status).toBe(200);
  expect(await served.text()).toContain('add_task');
  const narrow = await client(worker.url, { authorization: `Bearer ${token}`, accept }).send('POST', '/mcp', call);
  expect([narrow.status, narrow.headers.get('www-authenticate')]).toEqual([
    403,
    expect.stringContaining('scope="tools"'),
  ]);
});
