import { expect, test } from 'vitest';
import { client } from './client.ts';
import { ADMIN_TOKEN, issueKey, withKey } from './issue-key.ts';
import { startWorker } from './start-worker.ts';
import { startToolServer } from './tool-server.ts';

const CONTENT = 'zanzibar-is-what-nobody-may-read';
const PROVIDER_KEY = 'sk-provider-0123456789abcdef';
const TOOL_SECRET = 'tool-server-secret-0123456789';
const COOKIE_SECRET = 'cookie-secret-0123456789';
const SEALING_KEY = Buffer.alloc(32, 11).toString('base64');

test('the logs of varied traffic hold no content, no key, no token and no session id', async () => {
  const tools = await startToolServer();
  const vars = {
    ADMIN_TOKEN,
    COOKIE_SECRET,
    SEALING_KEYS: SEALING_KEY,
    COMPATIBLE_API_KEY: PROVIDER_KEY,
    TOOL_SECRET,
    MCP_SERVERS: JSON.stringify({
      mcpServers: {
        remote: { url: tools.url, headers: { 'x-secret': '${TOOL_SECRET}' } },
        gone: { url: 'http://127.0.0.1:1/mcp' },
      },
    }),
  };
  const worker = await startWorker(vars);
  const sick = await startWorker({ ...vars, COMPATIBLE_BASE_URL: 'http://127.0.0.1:1/v1' });
  const { key } = await issueKey(worker.url);
  const sessions: string[] = [];
  for (const { url } of [worker, sick]) {
    for (const api of [client(url), withKey(url, key)]) {
      const id = await api.newSession({ title: CONTENT, metadata: { note: CONTENT }, system_prompt: CONTENT });
      sessions.push(id);
      await (await api.say(id, CONTENT)).text();
      await (await api.stream(id, `use the tool remote__echo with {"text":"${CONTENT}"}`)).text();
      await (await api.say(id, `use the tool remote__fail with {"text":"${CONTENT}"}`)).text();
      await (await api.send('POST', `/sessions/${id}/messages`, `{"content": "${CONTENT}`)).text();
      await (await api.send('POST', `/sessions/${id}/messages`, { content: 1, note: CONTENT })).text();
      await (await api.say(`${id}x`, CONTENT)).text();
      await (await api.get(`/sessions/${id}/stream`)).text();
      await (await api.send('POST', '/tasks', { title: CONTENT, description: CONTENT })).text();
      await (await api.send('PUT', `/files/${CONTENT}.txt`, CONTENT, { 'content-type': 'text/plain' })).text();
      await (await api.get(`/files/${CONTENT}.txt?x=${CONTENT}`)).text();
      await (await api.send('POST', '/files/search', { query: CONTENT })).text();
      await (await api.send('POST', '/knowledge/documents', { library: 'x', source: CONTENT, text: CONTENT })).text();
      await (await api.send('POST', '/code/execute', { code: `throw new Error('${CONTENT}')` })).text();
      await (await api.send('POST', '/tools/execute', { name: 'remote__echo', arguments: { text: CONTENT } })).text();
      const messages = [{ role: 'user', content: CONTENT }];
      await (await api.send('POST', '/v1/chat/completions', { model: CONTENT, messages })).text();
      await (await api.send('POST', '/v1/chat/completions', { messages, stream: true })).text();
      await (await api.send('POST', `/${CONTENT}`, { CONTENT })).text();
    }
    await (await client(url, { authorization: `Bearer ${key}x` }).get('/sessions')).text();
    await (await client(url, { 'x-admin-token': `${ADMIN_TOKEN}x` }).get('/admin/keys')).text();
    await (await client(url, { 'x-admin-token': ADMIN_TOKEN }).get('/admin/runtime')).text();
  }
  const lines = [...worker.logs(), ...sick.logs()];
  await Promise.all([worker.close(), sick.close(), tools.close()]);

  const secrets = [
    CONTENT,
    key,
    ADMIN_TOKEN,
    PROVIDER_KEY,
    TOOL_SECRET,
    COOKIE_SECRET,
    SEALING_KEY,
    'local-token',
    ...sessions,
  ];
  for (const secret of secrets) expect(lines.filter((line) => line.includes(secret))).toEqual([]);
  // What is there: a line for every request and every turn, in JSON, with what an operator looks for.
  const events = lines.map((line) => JSON.parse(line));
  const requests = events.filter(({ event }) => event === 'request');
  expect(requests.length).toBeGreaterThan(70);
  for (const item of requests) {
    expect(item).toMatchObject({
      request_id: expect.any(String),
      status: expect.any(Number),
      duration_ms: expect.any(Number),
    });
  }
  const turns = events.filter(({ event }) => event === 'turn');
  expect(new Set(turns.map(({ outcome }) => outcome))).toEqual(new Set(['complete', 'failed']));
  const ids = new Set(requests.map(({ request_id }) => request_id));
  for (const item of turns) {
    expect(item).toMatchObject({
      turn_id: expect.stringMatching(/^turn_/),
      caller: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(ids).toContain(item.request_id);
  }
});
