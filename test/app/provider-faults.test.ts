import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { client } from './client.ts';
import { readChunks, textOfChunks } from './read-events.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

const FAULTS = {
  'status 500': 'demo?status=500',
  'status 429': 'demo?status=429',
  'a refusal (400)': 'demo?status=400',
  'no answer': 'demo?hang=headers',
  'no first word': 'demo?hang=first',
  'a stall': 'demo?stall=10',
  'a cut connection': 'demo?cut=10',
  'an error event': 'demo?error=10',
  'a truncated stream': 'demo?truncate=10',
  garbage: 'demo?garbage=1',
};
const models = [...new Set(Object.values(FAULTS)), 'demo?n=30&tps=0'];

let worker: WorkerUnderTest;
let api: ReturnType<typeof client>;
beforeAll(async () => {
  worker = await startWorker({
    COMPATIBLE_MODEL: models.join(','),
    PROVIDER_TIMEOUT_SECONDS: '0.5',
    PROVIDER_FIRST_TOKEN_TIMEOUT_SECONDS: '0.5',
    PROVIDER_STALL_TIMEOUT_SECONDS: '0.5',
  });
  api = client(worker.url);
});
afterAll(() => worker.close());

describe.each(Object.entries(FAULTS))('a provider with %s', (_name, model) => {
  const options = { options: { model: `compatible/${model}` } };

  test('ends the stream with an error part, a finish and [DONE], and is stored as failed with what was shown', async () => {
    const id = await api.newSession();
    const chunks = await readChunks(await api.stream(id, 'hello', options));
    expect(chunks.filter(({ type }) => type === 'error')).toEqual([
      { type: 'error', errorText: expect.stringMatching(/^The model provider (failed|did not answer in time)\.$/) },
    ]);
    expect(chunks.at(-1)).toMatchObject({
      type: 'finish',
      finishReason: 'error',
      messageMetadata: { status: 'failed' },
    });
    expect(chunks.filter(({ type }) => type === 'start')).toHaveLength(1);

    const { history } = await (await api.get(`/sessions/${id}`)).json();
    const shown = textOfChunks(chunks);
    expect(history).toMatchObject([
      { role: 'user', content: 'hello' },
      ...(shown ? [{ role: 'assistant', content: shown, metadata: { status: 'failed' } }] : []),
    ]);
  });

  test('is told to a client that wants the answer whole, and the session goes on', async () => {
    const id = await api.newSession();
    const failed = await api.say(id, 'hello', options);
    expect([502, 504]).toContain(failed.status);
    const body = await failed.text();
    expect(JSON.parse(body)).toMatchObject({
      error: {
        code: failed.status === 504 ? 'provider_timeout' : 'provider_error',
        details: { turn_id: expect.any(String) },
      },
      request_id: failed.headers.get('x-request-id'),
    });
    expect(body).not.toMatch(/127\.0\.0\.1|compatible|demo|stack|\.js/);
    const next = await api.say(id, 'hello again', { options: { model: 'compatible/demo?n=30&tps=0' } });
    expect(next.status).toBe(200);
  });
});

test('a fallback takes over before the first word, unseen', async () => {
  const other = await startWorker({
    COMPATIBLE_MODEL: 'demo?status=500,demo?n=30&tps=0',
    MODEL_FALLBACKS: 'compatible/demo?n=30&tps=0',
  });
  const id = await client(other.url).newSession();
  const chunks = await readChunks(await client(other.url).stream(id, 'hello'));
  expect(chunks.at(-1)).toMatchObject({ messageMetadata: { status: 'complete', model: 'compatible/demo?n=30&tps=0' } });
  expect(chunks.some(({ type }) => type === 'error' || type === 'data-restart')).toBe(false);
  await other.close();
});

test('a model that dies after its first words is replaced openly, and the step is shown once', async () => {
  const other = await startWorker({
    COMPATIBLE_MODEL: 'demo?cut=10,demo?n=30&tps=0',
    MODEL_FALLBACKS: 'compatible/demo?n=30&tps=0',
  });
  const otherApi = client(other.url);
  const id = await otherApi.newSession();
  const chunks = await readChunks(await otherApi.stream(id, 'hello'));
  const restart = chunks.findIndex(({ type }) => type === 'data-restart');
  expect(chunks.slice(restart, restart + 2)).toMatchObject([
    { data: { reason: 'provider_error', step: 1 } },
    { type: 'reset-step' },
  ]);
  const whole = textOfChunks(chunks.slice(restart));
  expect(whole.trim().split(' ')).toHaveLength(30);
  const { history } = await (await otherApi.get(`/sessions/${id}`)).json();
  expect(history).toMatchObject([{ role: 'user' }, { content: whole, metadata: { status: 'complete' } }]);
  await other.close();
});

test('a model that dies after a tool call leaves an interrupted answer that keeps the call, and says that a new try is worth it', async () => {
  const other = await startWorker({ COMPATIBLE_MODEL: 'demo?call=list_tasks&with={}&after=1&cut=5' });
  const otherApi = client(other.url);
  const id = await otherApi.newSession();
  const chunks = await readChunks(await otherApi.stream(id, 'hello'));
  expect(chunks.filter(({ type }) => type === 'data-error' || type === 'error')).toEqual([
    { type: 'data-error', transient: true, data: { code: 'provider_error', retryable: true } },
    { type: 'error', errorText: 'The model provider failed.' },
  ]);
  expect(chunks.at(-1)).toMatchObject({ messageMetadata: { status: 'interrupted' } });
  const { messages } = await (await otherApi.get(`/sessions/${id}`)).json();
  expect(messages[1].parts).toContainEqual(
    expect.objectContaining({ toolName: 'list_tasks', state: 'output-available' }),
  );
  await other.close();
});

test('without a provider a message is refused with a sentence that says what to set, and nothing is stored', async () => {
  const other = await startWorker({ COMPATIBLE_MODEL: '', COMPATIBLE_BASE_URL: '', EMBEDDING_MODEL: '' });
  const otherApi = client(other.url);
  const id = await otherApi.newSession();
  const refused = await otherApi.say(id, 'hello');
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({
    error: { code: 'provider_unconfigured', message: expect.stringContaining('OPENAI_API_KEY') },
  });
  expect(await (await otherApi.get(`/sessions/${id}`)).json()).toMatchObject({ history: [], message_count: 0 });
  await other.close();
});
