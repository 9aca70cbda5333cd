import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { startRecordingProxy, type RecordingProxy } from '../fakes/recording-proxy.ts';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';
import { startToolServer, type ToolServer } from './tool-server.ts';

let model: RecordingProxy;
let remote: ToolServer;
let worker: WorkerUnderTest;
let api: ReturnType<typeof client>;
let MCP_SERVERS: string;
beforeAll(async () => {
  model = await startRecordingProxy(inject('vars')['COMPATIBLE_BASE_URL'] ?? '');
  remote = await startToolServer();
  MCP_SERVERS = JSON.stringify({ mcpServers: { far: { url: remote.url } } });
  worker = await startWorker({ COMPATIBLE_BASE_URL: model.url, MCP_SERVERS });
  api = client(worker.url);
});
afterAll(async () => {
  await worker.close();
  await Promise.all([model.close(), remote.close()]);
});

const GREET = { prompt: { name: 'far__greet', arguments: { who: 'Ada' } }, resources: ['note://one', 'note://two'] };

/** What the model was sent as the user's words in the latest request. */
function lastPrompt(): unknown {
  const { messages } = JSON.parse(model.requests.at(-1)?.body ?? '{}');
  return messages.findLast(({ role }: { role: string }) => role === 'user')?.content;
}

test('a prompt and resources of tool servers stand before the message, for the model and in the history', async () => {
  const id = await api.newSession();
  expect((await api.say(id, 'Say it warmly', { options: GREET })).status).toBe(200);
  expect(lastPrompt()).toEqual([
    { type: 'text', text: 'Greet Ada.' },
    { type: 'text', text: 'note://one\nthe first note' },
    { type: 'text', text: 'note://two\nnote note://two' },
    { type: 'text', text: 'Say it warmly' },
  ]);
  const { history, messages } = await (await api.get(`/sessions/${id}`)).json();
  expect(history[0]).toMatchObject({ role: 'user', content: 'Say it warmly' });
  expect(messages[0].parts).toMatchObject([
    { type: 'data-context', data: { from: { kind: 'prompt', name: 'far__greet' }, content: { text: 'Greet Ada.' } } },
    { type: 'data-context', data: { from: { kind: 'resource', uri: 'note://one' } } },
    { type: 'data-context', data: { from: { kind: 'resource', uri: 'note://two' } } },
    { type: 'text', text: 'Say it warmly' },
  ]);

  remote.requests.length = 0;
  expect((await api.say(id, 'And again')).status).toBe(200);
  expect(remote.requests).toEqual([]);
  expect(JSON.stringify(JSON.parse(model.requests.at(-1)?.body ?? '{}').messages)).toContain('the first note');
});

test('a chat of the AI SDK may bring them along as well', async () => {
  const message = { id: 'message-1', role: 'user', parts: [{ type: 'text', text: 'Say it warmly' }] };
  const body = { id: crypto.randomUUID(), messages: [message], options: { prompt: GREET.prompt } };
  await (await api.send('POST', '/api/chat', body)).text();
  expect(lastPrompt()).toEqual([
    { type: 'text', text: 'Greet Ada.' },
    { type: 'text', text: 'Say it warmly' },
  ]);
});

test.each([
  [{ prompt: { name: 'far__nothing' } }, 400, 'unknown_prompt', 'options.prompt'],
  [{ prompt: { name: 'far__greet' } }, 400, 'tool_refused', 'options.prompt'],
  [{ resources: ['note://one', 'other://two'] }, 404, 'resource_not_found', 'options.resources.1'],
])('what is not to be had refuses the message and names the field: %j', async (options, status, code, field) => {
  const id = await api.newSession();
  const response = await api.say(id, 'hello', { options });
  expect(response.status).toBe(status);
  const { error } = await response.json();
  expect(error).toMatchObject({ code, details: { field } });
  expect(error.message).toMatch(new RegExp(`^${field}: `));
  expect(await (await api.get(`/sessions/${id}`)).json()).toMatchObject({ history: [] });
});

test.each([
  [{ prompt: 'far__greet' }, 'options.prompt'],
  [{ prompt: { name: 'far__greet', arguments: { who: 1 } } }, 'options.prompt.arguments.who'],
  [{ resources: 'note://one' }, 'options.resources'],
  [{ resources: Array.from({ length: 11 }, () => 'note://one') }, 'options.resources'],
])('what cannot be meant is refused before anybody is asked: %j', async (options, place) => {
  remote.requests.length = 0;
  const response = await api.say(await api.newSession(), 'hello', { options });
  expect(response.status).toBe(422);
  expect(JSON.stringify(await response.json())).toContain(place);
  expect(remote.requests).toEqual([]);
});

test('bringing something along counts as a request of its own', async () => {
  const limited = await startWorker({ RATE_RPS: '0.01', RATE_BURST: '2', MCP_SERVERS });
  onTestFinished(() => limited.close());
  const narrow = client(limited.url);
  const id = await narrow.newSession();
  remote.requests.length = 0;
  expect((await narrow.say(id, 'hello', { options: GREET })).status).toBe(429);
  const asked = remote.requests.length;
  expect((await narrow.say(id, 'hello', { options: GREET })).status).toBe(429);
  expect(remote.requests).toHaveLength(asked);
});
