import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { client } from './client.ts';
import { logIn } from './log-in.ts';
import { startLoginServer, type LoginServer } from './login-server.ts';
import { readChunks } from './read-events.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let worker: WorkerUnderTest;
let remote: LoginServer;
beforeAll(async () => {
  remote = await startLoginServer();
  const oauth = { type: 'oauth' };
  const mcpServers = {
    far: { url: remote.url, auth: oauth },
    fixed: { url: remote.url, auth: { ...oauth, scopes: ['tools'] } },
    known: { url: remote.url, auth: { ...oauth, clientId: 'known-client', issuer: remote.origin } },
    elsewhere: { url: remote.url, auth: { ...oauth, clientId: 'known-client', issuer: 'https://other.example' } },
  };
  worker = await startWorker({
    COMPATIBLE_MODEL: 'demo?call=far__who&with={}',
    MCP_SERVERS: JSON.stringify({ mcpServers }),
  });
  remote.clients.set('known-client', [`${worker.url}/oauth/callback`]);
});
afterAll(async () => {
  await worker.close();
  await remote.close();
});
afterEach(() => {
  remote.server.callScope = '';
  remote.asked.length = 0;
  remote.requests.length = 0;
});

const visitor = () => client(worker.url, { cookie: `edgewise_visitor=${crypto.randomUUID()}` });
type Api = ReturnType<typeof visitor>;
const call = async (api: Api, server: string) => {
  const response = await api.send('POST', '/tools/execute', { tool_name: `${server}__who` });
  return [response.status, (await response.json()).error];
};

test('a call that needs more rights leads to a login that asks for them, beside those that it had', async () => {
  const api = visitor();
  await logIn(api, 'far');
  remote.server.callScope = 'write';
  const chunks = await readChunks(await api.stream(await api.newSession({ mcp_servers: ['far'] }), 'who am I?'));
  const data = { server: 'far', kind: 'login', url: `${worker.url}/oauth/login/far` };
  expect(chunks).toContainEqual({ type: 'data-mcp-auth-required', transient: true, data });
  expect(chunks.at(-1)).toMatchObject({ type: 'finish' });

  await logIn(api, 'far');
  expect(remote.asked).toEqual(['tools', 'tools write']);
  expect(await call(api, 'far')).toEqual([200, undefined]);
});

test('who has logged in for a right and was not given it is not sent there again', async () => {
  const api = visitor();
  await logIn(api, 'far');
  remote.server.callScope = 'write';
  expect(await call(api, 'far')).toMatchObject([403, { code: 'login_required' }]);
  await logIn(api, 'far');
  remote.forgetScopes();
  const message = 'The tool server "far" wants rights for this that your login does not have.';
  expect(await call(api, 'far')).toMatchObject([502, { code: 'tool_unavailable', message }]);
  expect(await (await api.get('/tools/servers/far/login')).json()).toMatchObject({ logged_in: true });
});

test('where the deployment says which rights are asked for, no server widens them', async () => {
  const api = visitor();
  await logIn(api, 'fixed');
  remote.server.callScope = 'write';
  expect(await call(api, 'fixed')).toMatchObject([502, { code: 'tool_unavailable' }]);
  await logIn(api, 'fixed');
  expect(remote.asked).toEqual(['tools', 'tools']);
});

test('a client that was registered beforehand is used, and shown to its own authorization server alone', async () => {
  const api = visitor();
  const registered = remote.clients.size;
  const begun = await api.get('/oauth/login/known');
  expect(new URL(begun.headers.get('location') ?? '').searchParams.get('client_id')).toBe('known-client');
  expect((await logIn(api, 'known')).status).toBe(200);
  expect(await call(api, 'known')).toEqual([200, undefined]);
  expect(remote.clients.size).toBe(registered);

  const refused = await api.get('/oauth/login/elsewhere');
  expect(refused.status).toBe(502);
  const message = 'The tool server "elsewhere" names another authorization server than the configured one.';
  expect(await refused.json()).toMatchObject({ error: { code: 'login_failed', message } });
});
