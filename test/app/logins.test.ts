import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { client } from './client.ts';
import { approve, logIn } from './log-in.ts';
import { startLoginServer, type LoginServer } from './login-server.ts';
import { readChunks } from './read-events.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let worker: WorkerUnderTest;
let remote: LoginServer;
beforeAll(async () => {
  remote = await startLoginServer();
  const mcpServers = { far: { url: remote.url, auth: { type: 'oauth' } } };
  worker = await startWorker({
    COMPATIBLE_MODEL: 'demo?call=far__who&with={}',
    MCP_SERVERS: JSON.stringify({ mcpServers }),
  });
});
afterAll(async () => {
  await worker.close();
  await remote.close();
});
beforeEach(() => {
  Object.assign(remote.settings, {
    iss: undefined,
    tokenStatus: undefined,
    tokenEndpoint: undefined,
    tokenSeconds: 3600,
  });
  Object.assign(remote.server, { metadataUrl: '', authorizationServers: null });
});

const visitor = () => client(worker.url, { cookie: `edgewise_visitor=${crypto.randomUUID()}` });
type Api = ReturnType<typeof visitor>;
const turn = async (api: Api) => readChunks(await api.stream(await api.newSession(), 'who am I?'));
const toolNames = async (api: Api): Promise<string[]> =>
  (await (await api.get('/tools')).json()).tools.map(({ name }: { name: string }) => name);
const execute = (api: Api) => api.send('POST', '/tools/execute', { tool_name: 'far__who' });

test('a turn goes on without a server that wants a login, says where, and has its tools after it', async () => {
  const api = visitor();
  const needed = { type: 'data-mcp-auth-required', transient: true };
  const url = `${worker.url}/oauth/login/far`;
  const [, , second] = await turn(api);
  expect(second).toEqual({ ...needed, data: { server: 'far', kind: 'login', url } });
  remote.requests.length = 0;
  // It was kept that a login is needed: nobody is asked, and the person is told again.
  expect(await turn(api)).toContainEqual(expect.objectContaining(needed));
  expect(remote.requests).toEqual([]);

  const page = await logIn(api, 'far');
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('You are logged in to far.')]);
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
  const chunks = await turn(api);
  expect(chunks.filter(({ type }) => type === needed.type)).toEqual([]);
  expect(chunks).toContainEqual(expect.objectContaining({ type: 'tool-output-available' }));
  expect(await (await api.get('/tools/servers/far/login')).json()).toEqual({ server: 'far', logged_in: true });
});

test("a login is one caller's, and so is what the server shows them", async () => {
  const [mine, other] = [visitor(), visitor()];
  await logIn(mine, 'far');
  expect(await toolNames(mine)).toContain('far__who');
  expect(await toolNames(other)).not.toContain('far__who');
  const refused = await execute(other);
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({ error: { code: 'login_required' } });
  expect(await (await other.get('/tools/servers')).json()).toMatchObject({
    servers: [{ name: 'far', authorized: false }],
  });
});

test('logging out forgets the tokens and revokes them', async () => {
  const api = visitor();
  await logIn(api, 'far');
  expect(await toolNames(api)).toContain('far__who');
  remote.revoked.length = 0;
  expect((await api.send('DELETE', '/tools/servers/far/login')).status).toBe(204);
  expect(remote.revoked).toEqual([expect.stringMatching(/^rt-/)]);
  expect(await toolNames(api)).not.toContain('far__who');
  expect(await (await api.get('/tools/servers/far/login')).json()).toMatchObject({ logged_in: false });
});

test('an answer is taken once, from the browser that began, and under no other state', async () => {
  const api = visitor();
  const back = await approve(api, 'far');
  const wrong = back.replace(/state=[^&]+/, `state=${crypto.randomUUID()}`);
  expect((await api.get(wrong)).status).toBe(400);
  expect((await api.get(back)).status).toBe(200);
  expect((await api.get(back)).status).toBe(400);
  expect((await api.get('/oauth/callback')).status).toBe(400);

  const [one, two] = [visitor(), visitor()];
  const stolen = await approve(one, 'far');
  const page = await two.get(stolen);
  expect([page.status, await page.text()]).toEqual([400, expect.stringContaining('another browser')]);
  expect(await toolNames(two)).not.toContain('far__who');
  // It is spent for whom it was, too.
  expect((await one.get(stolen)).status).toBe(400);
});

test('an application begins a login for its page: the cookie of that answer brings it to an end', async () => {
  const owner = visitor();
  const begun = await owner.send('POST', '/tools/servers/far/login');
  const { url } = await begun.json();
  const allowed = await fetch(url, { redirect: 'manual' });
  const { pathname, search } = new URL(allowed.headers.get('location') ?? '');
  const cookie = begun.headers.getSetCookie().find((text) => text.startsWith('edgewise_login='));
  expect(cookie).toMatch(/HttpOnly/);
  const page = await client(worker.url, { cookie: cookie?.split(';')[0] ?? '' }).get(pathname + search);
  expect(page.status).toBe(200);
  expect(await toolNames(owner)).toContain('far__who');
});

test.each([
  ['answers in the name of another', { iss: 'https://evil.example' }],
  ['is down', { tokenStatus: 503 }],
])('a login fails in our own words when the authorization server %s', async (_what, settings) => {
  const api = visitor();
  Object.assign(remote.settings, settings);
  const back = await approve(api, 'far');
  const page = await api.get(back);
  const text = await page.text();
  expect([page.status, text]).toEqual([502, expect.stringContaining('Not logged in')]);
  expect(text).not.toMatch(/secret words|code-|evil/);
  expect(await toolNames(api)).not.toContain('far__who');
});

test('what a person declines is a page, and the words of the other side are not on it', async () => {
  const api = visitor();
  const { searchParams } = new URL(await approve(api, 'far'), worker.url);
  const query = new URLSearchParams({
    state: searchParams.get('state') ?? '',
    iss: remote.origin,
    error: 'access_denied',
  });
  query.set('error_description', '<b>call this number</b>');
  const page = await api.get(`/oauth/callback?${query.toString()}`);
  const text = await page.text();
  expect([page.status, text]).toEqual([502, expect.stringContaining('was not given access')]);
  expect(text).not.toContain('call this number');
});

test('an expired token is renewed, and a revoked login asks for a new one', async () => {
  const api = visitor();
  remote.settings.tokenSeconds = 1;
  await logIn(api, 'far');
  remote.grants.length = 0;
  remote.settings.tokenSeconds = 3600;
  expect((await execute(api)).status).toBe(200);
  expect(remote.grants).toEqual(['refresh_token 200']);
  // Refused before its time: renewed as well, by a refresh token that has rotated.
  remote.forgetAccessTokens();
  expect((await execute(api)).status).toBe(200);
  expect(remote.grants).toEqual(['refresh_token 200', 'refresh_token 200']);

  remote.forgetAll();
  const refused = await execute(api);
  expect([refused.status, await refused.json()]).toMatchObject([403, { error: { code: 'login_required' } }]);
  expect(remote.grants.at(-1)).toBe('refresh_token 400');
  expect(await (await api.get('/tools/servers/far/login')).json()).toMatchObject({ logged_in: false });
});

test('an authorization server that is down for a while costs the call, not the login', async () => {
  const api = visitor();
  await logIn(api, 'far');
  expect((await execute(api)).status).toBe(200);
  remote.forgetAccessTokens();
  remote.settings.tokenStatus = 503;
  const failed = await execute(api);
  expect([failed.status, await failed.json()]).toMatchObject([502, { error: { code: 'tool_unavailable' } }]);
  expect(await (await api.get('/tools/servers/far/login')).json()).toMatchObject({ logged_in: true });
});

test('nothing that is secret is logged', () => {
  expect(worker.logs().length).toBeGreaterThan(0);
  expect(worker.logs().join('\n')).not.toMatch(/at-[0-9a-f]{8}|rt-[0-9a-f]{8}|code-[0-9a-f]{8}|secret words/);
});
