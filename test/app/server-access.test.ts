import { afterAll, beforeAll, expect, test } from 'vitest';
import { client } from './client.ts';
import { approve } from './log-in.ts';
import { startLoginServer, type LoginServer } from './login-server.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let worker: WorkerUnderTest;
let remote: LoginServer;
beforeAll(async () => {
  remote = await startLoginServer();
  const headers = `${remote.origin}/headers`;
  const forwardHeaders = [{ name: 'X-Vault-Url', required: true }, 'X-Project'];
  const mcpServers = {
    machine: { url: remote.url, auth: { type: 'clientCredentials', clientId: 'machine', clientSecret: '${MACHINE}' } },
    mine: { url: headers, auth: { type: 'userSecret', header: 'X-Token', prefix: 'Key ' } },
    vault: { url: headers, forwardHeaders },
    person: { url: remote.url, auth: { type: 'oauth' } },
  };
  worker = await startWorker({
    MACHINE: 'machine-secret',
    PUBLIC_URL: 'https://edgewise.example',
    MCP_SERVERS: JSON.stringify({ mcpServers }),
  });
});
afterAll(async () => {
  await worker.close();
  await remote.close();
});

const visitor = (more: Record<string, string> = {}) =>
  client(worker.url, { cookie: `edgewise_visitor=${crypto.randomUUID()}`, ...more });
type Api = ReturnType<typeof visitor>;
/** The headers with which the tool `who` of a server was called. */
async function who(api: Api, server: string): Promise<Record<string, string>> {
  const response = await api.send('POST', '/tools/execute', { tool_name: `${server}__who` });
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return JSON.parse((await response.json()).result.content[0].text);
}

test('the deployment logs in as itself, once for all callers', async () => {
  expect(await who(visitor(), 'machine')).toMatchObject({ authorization: expect.stringMatching(/^Bearer at-/) });
  await who(visitor(), 'machine');
  expect(remote.grants).toEqual(['client_credentials 200']);
});

test("a caller's own secret goes to its server, and comes back to nobody", async () => {
  const [api, other] = [visitor(), visitor()];
  const path = '/tools/servers/mine/secret';
  await expect(who(api, 'mine')).rejects.toThrow(/403 .*login_required/);
  expect((await api.send('PUT', path, { secret: 'line\nbreak' })).status).toBe(422);
  expect((await api.send('PUT', path, { secret: 'very-secret-1' })).status).toBe(204);
  const read = await (await api.get(path)).text();
  expect(JSON.parse(read)).toEqual({ server: 'mine', set: true });
  expect(await who(api, 'mine')).toMatchObject({ 'x-token': 'Key very-secret-1' });
  expect(await (await other.get(path)).json()).toEqual({ server: 'mine', set: false });
  await expect(who(other, 'mine')).rejects.toThrow(/403 .*login_required/);
  expect((await api.send('DELETE', path)).status).toBe(204);
  await expect(who(api, 'mine')).rejects.toThrow(/403 .*login_required/);
  expect(worker.logs().join('\n')).not.toContain('very-secret');
});

test('named headers are passed on to the server that may have them, and no others', async () => {
  const sent = { 'x-vault-url': 'https://vault.example', 'x-project': 'one', 'x-other': 'kept' };
  const api = visitor(sent);
  const received = await who(api, 'vault');
  expect(received).toMatchObject({ 'x-vault-url': 'https://vault.example', 'x-project': 'one' });
  expect(Object.keys(received)).not.toEqual(expect.arrayContaining(['cookie']));
  expect(received).not.toHaveProperty('x-other');
  await api.send('PUT', '/tools/servers/mine/secret', { secret: 's' });
  expect(await who(api, 'mine')).not.toHaveProperty('x-vault-url');
});

test('a required header that is missing is named before the call, and before a turn that chose the server', async () => {
  const api = visitor();
  const message = 'The tool server "vault" needs the request header x-vault-url.';
  await expect(who(api, 'vault')).rejects.toThrow(/400 .*header_required.*x-vault-url/);
  const chosen = await api.newSession({ mcp_servers: ['vault'] });
  const any = await api.newSession();
  for (const [id, more] of [
    [chosen, {}],
    [any, { options: { server_names: ['vault'] } }],
  ] as const) {
    const refused = await api.say(id, 'hello', more);
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { error: { code: 'header_required', message } },
    ]);
    expect(await (await api.get(`/sessions/${id}`)).json()).toMatchObject({ messages: [] });
  }
  expect((await api.say(any, 'hello')).status).toBe(200);
  const accepted = await api.send('POST', `/sessions/${chosen}/messages`, { content: 'hello' }, { 'x-vault-url': 'v' });
  expect(accepted.status).toBe(200);
});

test('an authorization server that reads client documents knows us by ours', async () => {
  remote.settings.clientDocuments = true;
  const document = await (await visitor().get('/oauth/client-metadata.json')).json();
  const clientId = 'https://edgewise.example/oauth/client-metadata.json';
  expect(document).toMatchObject({ client_id: clientId, token_endpoint_auth_method: 'none' });
  const api = visitor();
  const registered = remote.clients.size;
  const back = await approve(api, 'person');
  expect(document.redirect_uris).toEqual(['https://edgewise.example/oauth/callback']);
  expect((await api.get(back)).status).toBe(200);
  expect(remote.clients.size).toBe(registered);
  expect(await who(api, 'person')).toMatchObject({ authorization: expect.stringMatching(/^Bearer at-/) });
});
