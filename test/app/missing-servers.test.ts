import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startRecordingProxy, type RecordingProxy } from '../fakes/recording-proxy.ts';
import { client } from './client.ts';
import { startLoginServer, type LoginServer } from './login-server.ts';
import { readChunks } from './read-events.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let model: RecordingProxy;
let remote: LoginServer;
let worker: WorkerUnderTest;
beforeAll(async () => {
  model = await startRecordingProxy(inject('vars')['COMPATIBLE_BASE_URL'] ?? '');
  remote = await startLoginServer();
  const headers = `${remote.origin}/headers`;
  const mcpServers = {
    far: { url: remote.url, auth: { type: 'oauth' } },
    mine: { url: headers, auth: { type: 'userSecret', header: 'X-Token' } },
    vault: { url: headers, forwardHeaders: [{ name: 'X-Vault-Url', required: true }] },
    gone: { url: 'http://127.0.0.1:1/mcp' },
  };
  worker = await startWorker({ COMPATIBLE_BASE_URL: model.url, MCP_SERVERS: JSON.stringify({ mcpServers }) });
});
afterAll(async () => {
  await worker.close();
  await Promise.all([model.close(), remote.close()]);
});

const visitor = (more: Record<string, string> = {}) =>
  client(worker.url, { cookie: `edgewise_visitor=${crypto.randomUUID()}`, ...more });

/** What the model was told before anything else, in the latest request. */
function lastInstructions(): string {
  const { messages } = JSON.parse(model.requests.at(-1)?.body ?? '{}');
  return messages.find(({ role }: { role: string }) => role === 'system')?.content ?? '';
}

test('client and model are told which servers are missing, and why', async () => {
  const api = visitor();
  const chunks = await readChunks(await api.stream(await api.newSession({ system_prompt: 'Be kind.' }), 'hello'));
  const required = chunks.flatMap((chunk) => (chunk.type === 'data-mcp-auth-required' ? [chunk.data] : []));
  expect(required).toEqual([
    { server: 'far', kind: 'login', url: `${worker.url}/oauth/login/far` },
    { server: 'mine', kind: 'secret', url: `${worker.url}/tools/servers/mine/secret` },
    { server: 'vault', kind: 'headers', headers: ['x-vault-url'] },
  ]);
  expect(lastInstructions()).toBe(
    [
      'Be kind.',
      'These tool servers cannot be reached right now: gone.',
      'These tool servers can be used once the user has logged in to them, at a link that the user is shown: far.',
      'These tool servers can be used once the user has stored a secret for them: mine.',
      'These tool servers cannot be used, because the request lacks headers that they need: vault (x-vault-url).',
    ].join('\n\n'),
  );
});

test('a server that has what it needs is not spoken of', async () => {
  const api = visitor({ 'x-vault-url': 'https://vault.example' });
  await api.send('PUT', '/tools/servers/mine/secret', { secret: 's' });
  await api.say(await api.newSession(), 'hello');
  expect(lastInstructions()).not.toMatch(/vault|mine/);
  expect(lastInstructions()).toMatch(/logged in to them, .*: far\./);
});

test.each(['metis', 'chatbot', 'text'])('in the format %s they are sentences before the answer', async (format) => {
  const api = visitor();
  const response = await api.send('POST', `/sessions/${await api.newSession()}/messages?format=${format}`, {
    content: 'repeat: hello',
  });
  const body = await response.text();
  expect(body).toContain(`needs you to log in at ${worker.url}/oauth/login/far and then to ask again.`);
  expect(body).toContain(`is stored with PUT ${worker.url}/tools/servers/mine/secret.`);
  expect(body).toContain('needs the request headers x-vault-url.');
});

test('they are no part of the answer that is kept, nor of one that a program reads', async () => {
  const api = visitor();
  const id = await api.newSession();
  const { message } = await (await api.say(id, 'hello')).json();
  expect(message.content).not.toContain('log in');
  expect(await (await api.get(`/sessions/${id}`)).text()).not.toContain('oauth/login');
  const completion = await api.send('POST', '/v1/chat/completions', {
    messages: [{ role: 'user', content: 'hello' }],
    stream: true,
  });
  expect(completion.status).toBe(200);
  expect(await completion.text()).not.toContain('oauth/login');
});
