import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { bundledPrompts } from '../../src/prompts/bundled-prompts.ts';
import { startRecordingProxy, type RecordingProxy } from '../fakes/recording-proxy.ts';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

const analyst = bundledPrompts.find(({ name }) => name === 'analyst');
const shown = (analyst?.examples ?? []).flatMap(({ user, assistant }) => [
  { role: 'user', content: user },
  { role: 'assistant', content: assistant },
]);

let model: RecordingProxy;
let worker: WorkerUnderTest;
let api: ReturnType<typeof client>;
beforeAll(async () => {
  model = await startRecordingProxy(inject('vars')['COMPATIBLE_BASE_URL'] ?? '');
  worker = await startWorker({
    COMPATIBLE_BASE_URL: model.url,
    TOPIC_MODEL: 'none',
    INITIAL_SYSTEM_PROMPT: 'Initial.',
  });
  api = client(worker.url);
});
afterAll(async () => {
  await worker.close();
  await model.close();
});

const lastPrompt = () => JSON.parse(model.requests.at(-1)?.body ?? '{}').messages;

test('a session names a set: its start and its examples lead the prompt, and are no part of the history', async () => {
  const id = await api.newSession({ prompt: 'analyst', memory_limit: 2 });
  await api.say(id, 'one');
  const reply = await (await api.say(id, 'two')).json();
  expect(shown.length).toBeGreaterThan(0);
  expect(lastPrompt()).toMatchObject([
    { role: 'system', content: analyst?.starting },
    ...shown,
    { role: 'user', content: 'one' },
    { role: 'assistant' },
    { role: 'user', content: 'two' },
  ]);
  expect(JSON.stringify(reply.history)).not.toContain(shown[0]?.content);
  expect(await (await api.get(`/sessions/${id}`)).json()).toMatchObject({ prompt: 'analyst', message_count: 4 });
});

test("the message's instruction goes before the session's system prompt, that before the set, and the set before INITIAL_SYSTEM_PROMPT", async () => {
  const system = async (session: object, options: object = {}) => {
    await api.say(await api.newSession(session), 'hello', { options });
    return lastPrompt()[0].content;
  };
  expect(await system({})).toBe('Initial.');
  expect(await system({ prompt: 'analyst' })).toBe(analyst?.starting);
  expect(await system({ prompt: 'analyst', system_prompt: 'Mine.' })).toBe('Mine.');
  expect(await system({ prompt: 'analyst', system_prompt: 'Mine.' }, { instruction: 'Now.' })).toBe('Now.');
});

test('a name that is not in the library is refused, and GET /prompts tells those that are', async () => {
  const refused = await api.send('POST', '/sessions', { prompt: 'nothing' });
  expect(refused.status).toBe(400);
  expect((await refused.json()).error).toMatchObject({ code: 'unknown_prompt', details: { field: 'prompt' } });
  const { library } = await (await api.get('/prompts')).json();
  expect(library).toEqual(bundledPrompts.map(({ name, examples }) => ({ name, examples: examples.length })));
});

test('PROMPT_SET=auto gives every session the set of its model', async () => {
  const own = await startWorker({ COMPATIBLE_BASE_URL: model.url, TOPIC_MODEL: 'none', PROMPT_SET: 'auto' });
  onTestFinished(() => own.close());
  const auto = client(own.url);
  await auto.say(await auto.newSession(), 'hello');
  expect(lastPrompt()[0].content).toBe(bundledPrompts.find(({ name }) => name === 'baseline')?.starting);
});
