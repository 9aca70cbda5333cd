import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { startRecordingProxy, type RecordingProxy } from '../fakes/recording-proxy.ts';
import { sequentialRoundTrips } from '../fakes/sequential-round-trips.ts';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

/** The smallest picture that is one. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const picture = { name: 'cat.png', type: 'image/png', url: `data:image/png;base64,${PNG}` };
const note = (text: string, name = 'notes.txt') => ({ name, url: `data:text/plain,${encodeURIComponent(text)}` });

let redis: RecordingProxy;
let neon: RecordingProxy;
let model: RecordingProxy;
let worker: WorkerUnderTest;
beforeAll(async () => {
  const vars = inject('vars');
  redis = await startRecordingProxy(vars['UPSTASH_REDIS_REST_URL'] ?? '');
  neon = await startRecordingProxy(vars['NEON_FETCH_ENDPOINT'] ?? '');
  model = await startRecordingProxy(vars['COMPATIBLE_BASE_URL'] ?? '');
  worker = await startWorker({
    UPSTASH_REDIS_REST_URL: redis.url,
    NEON_FETCH_ENDPOINT: neon.url,
    COMPATIBLE_BASE_URL: model.url,
    COMPATIBLE_MODEL: 'demo,demo?hang=first',
    COMPATIBLE_MEDIA: 'image',
  });
});
afterAll(async () => {
  await worker.close();
  await Promise.all([redis.close(), neon.close(), model.close()]);
});

function visitor(url = worker.url) {
  const api = client(url, { cookie: `edgewise_visitor=${crypto.randomUUID()}` });
  const json = async (path: string) => (await api.get(path)).json();
  return { ...api, json };
}

/** What the model was sent as the user's words in the latest request. */
function lastPrompt(): unknown {
  const { messages } = JSON.parse(model.requests.at(-1)?.body ?? '{}');
  return messages.findLast(({ role }: { role: string }) => role === 'user')?.content;
}

test('a picture and a text reach the model, and the history refers to files of the chat', async () => {
  const api = visitor();
  const id = await api.newSession();
  redis.requests.length = 0;
  const response = await api.say(id, 'What is this?', { attachments: [picture, note('Oolong')] });
  expect(response.status).toBe(200);
  expect(lastPrompt()).toEqual([
    { type: 'text', text: expect.stringMatching(/^\[Attached file: attachments\/\w{8}\/1-cat\.png\]$/) },
    { type: 'image_url', image_url: { url: picture.url } },
    { type: 'text', text: expect.stringMatching(/^\[Attached file: attachments\/\w{8}\/2-notes\.txt\]\nOolong$/) },
    { type: 'text', text: 'What is this?' },
  ]);
  expect(JSON.stringify(redis.requests)).not.toContain(PNG.slice(0, 40));
  const { messages, history } = await api.json(`/sessions/${id}`);
  expect(history[0]).toMatchObject({ role: 'user', content: 'What is this?' });
  const [image, text] = messages[0].parts;
  expect(image).toEqual({
    type: 'file',
    mediaType: 'image/png',
    filename: 'cat.png',
    url: expect.stringMatching(new RegExp(`^/files/sessions/${id}/attachments/\\w+/1-cat\\.png\\?version=\\d+$`)),
  });
  const shown = await api.get(image.url);
  expect(shown.headers.get('content-type')).toBe('image/png');
  expect(Buffer.from(await shown.arrayBuffer()).toString('base64')).toBe(PNG);
  expect(text).toMatchObject({ mediaType: 'text/plain', filename: 'notes.txt' });

  await api.say(id, 'And now?');
  expect(model.requests.at(-1)?.body).toContain(PNG);
  expect(await (await api.say(id, `use the tool list_files with {}`)).text()).toContain('/2-notes.txt');
});

test('a file of the workspace is attached by its path, in the state that it had', async () => {
  const api = visitor();
  await api.send('PUT', '/files/notes/tea.md', '# Tea one', { 'content-type': 'text/markdown' });
  const id = await api.newSession();
  expect((await api.say(id, 'Read this', { attachments: [{ path: 'notes/tea.md' }] })).status).toBe(200);
  expect(JSON.stringify(lastPrompt())).toContain('[Attached file: shared/notes/tea.md]\\n# Tea one');
  expect(await api.json('/files')).toMatchObject({ files: [{ path: 'notes/tea.md' }] });
  await api.send('PUT', '/files/notes/tea.md', '# Tea two', { 'content-type': 'text/markdown' });
  await api.say(id, 'Again');
  expect(model.requests.at(-1)?.body).toContain('# Tea one');
  await api.send('DELETE', '/files/notes/tea.md');
  await api.say(id, 'Once more');
  expect(model.requests.at(-1)?.body).toContain('[The attached file tea.md has been deleted.]');
  expect(model.requests.at(-1)?.body).not.toContain('# Tea');
});

test('a file of somebody else is not there', async () => {
  const [owner, stranger] = [visitor(), visitor()];
  await owner.send('PUT', '/files/secret.txt', 'mine', { 'content-type': 'text/plain' });
  const response = await stranger.say(await stranger.newSession(), 'x', { attachments: [{ path: 'secret.txt' }] });
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({
    error: { code: 'file_not_found', message: 'attachments.0: File `secret.txt` was not found' },
  });
});

test('useChat sends files, and a retry with the same id keeps each once', async () => {
  const api = visitor();
  const id = `chat-${crypto.randomUUID()}`;
  const file = { type: 'file', mediaType: 'image/png', filename: 'cat.png', url: picture.url };
  const body = { id, messages: [{ id: 'message-1', role: 'user', parts: [file] }] };
  for (const _ of [1, 2]) {
    const response = await api.send('POST', '/api/chat', body);
    expect([response.status, (await response.text()).includes('finish')]).toEqual([200, true]);
  }
  expect(await api.json('/files')).toMatchObject({ files: { length: 1 } });
  const { messages } = await api.json(`/sessions/${id}`);
  expect(messages.map(({ role }: { role: string }) => role)).toEqual(['user', 'assistant']);
  const again = { id: 'message-2', role: 'user', parts: [messages[0].parts[0], { type: 'text', text: 'This one' }] };
  await (await api.send('POST', '/api/chat', { id, messages: [again] })).text();
  expect(JSON.stringify(lastPrompt())).toContain(PNG);
  expect(await api.json('/files')).toMatchObject({ files: { length: 1 } });
});

test('a turn without attachments still asks Redis once and Neon not at all before the model', async () => {
  const api = visitor();
  const id = await api.newSession();
  redis.requests.length = 0;
  await api.say(id, 'hello');
  await expect.poll(() => JSON.stringify(redis.requests.map(({ commands }) => commands))).toMatch(/XDEL/i);
  for (const proxy of [redis, neon, model]) proxy.requests.length = 0;
  await api.say(id, 'How are you?');
  const calledAt = model.requests[0]?.startedAt ?? 0;
  const before = redis.requests.filter(({ startedAt }) => startedAt < calledAt);
  expect([before.length, sequentialRoundTrips(before)]).toEqual([1, 1]);
  expect(neon.requests.filter(({ startedAt }) => startedAt < calledAt)).toEqual([]);
});

test('a deleted session takes its attachments along', async () => {
  const api = visitor();
  const id = await api.newSession();
  await api.say(id, 'x', { attachments: [picture] });
  await api.send('DELETE', `/sessions/${id}`);
  expect(await api.json('/files')).toMatchObject({ files: [] });
});

test('what is kept for a message that is not accepted goes again', async () => {
  const api = visitor();
  const id = await api.newSession();
  const running = api.stream(id, 'hello', { options: { model: 'compatible/demo?hang=first' } });
  await expect.poll(async () => (await api.json(`/sessions/${id}/status`)).status).toBe('running');
  expect((await api.say(id, 'x', { attachments: [picture] })).status).toBe(409);
  await expect.poll(() => api.json('/files')).toMatchObject({ files: [] });
  await api.send('POST', `/sessions/${id}/stop`);
  await (await running).text();
});

test('while Neon is away a message without files is answered, and one that follows files says that they cannot be read', async () => {
  const api = visitor();
  const id = await api.newSession();
  await api.say(id, 'x', { attachments: [note('Oolong')] });
  neon.setFault({ status: 500 });
  onTestFinished(() => neon.setFault(null));
  expect((await api.say(id, 'And now?')).status).toBe(200);
  expect(model.requests.at(-1)?.body).toContain('[The attached file notes.txt cannot be read right now.]');
  expect((await api.say(id, 'x', { attachments: [picture] })).status).toBe(503);
});
