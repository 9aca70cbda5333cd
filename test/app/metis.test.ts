import { afterAll, beforeAll, expect, test } from 'vitest';
import { archivedMessages } from './archived-messages.ts';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let worker: WorkerUnderTest;
let api: ReturnType<typeof client>;
beforeAll(async () => {
  worker = await startWorker();
  api = client(worker.url);
});
afterAll(() => worker.close());

test('a conversation that began elsewhere goes on: the history counts, is known to the model, and is archived', async () => {
  const history = [
    { role: 'user', content: 'My name is Nilufar.' },
    { role: 'assistant', content: 'Hello Nilufar!' },
  ];
  const answer = await api.send('POST', '/connect', { chat_history: history });
  expect(answer.status).toBe(200);
  const { success, session_id: id } = await answer.json();
  expect(success).toBe(true);
  expect(await (await api.get(`/sessions/${id}/status`)).json()).toMatchObject({
    history_length: 2,
    is_sse_active: false,
  });

  await api.send('POST', `/sessions/${id}/message`, { message: 'What is my name?' });
  const events = await (await api.get(`/sessions/${id}/stream`)).text();
  const frames = [...events.matchAll(/^data: (.*)$/gm)].map(([, json = '']) => JSON.parse(json));
  expect(frames.at(-1)).toEqual({ type: 'completion', message: 'Response completed' });
  expect(frames.map(({ type, content }) => (type === 'token' ? content : '')).join('')).toContain('Nilufar');

  await worker.cron(60_000);
  expect((await archivedMessages(id)).map(({ position, text }) => [position, text])).toMatchObject([
    [1, 'My name is Nilufar.'],
    [2, 'Hello Nilufar!'],
    [3, 'What is my name?'],
    [4, expect.stringContaining('Nilufar')],
  ]);
});

test('an empty history is fine, a wrong one is refused with its place', async () => {
  expect((await api.send('POST', '/connect', {})).status).toBe(200);
  const refused = await api.send('POST', '/connect', { chat_history: [{ role: 'user' }] });
  expect(refused.status).toBe(422);
  expect(await refused.json()).toMatchObject({
    error: { message: 'Request validation failed: chat_history.0.content: Field required' },
  });
});
