import { afterAll, beforeAll, expect, test } from 'vitest';
import { client } from './client.ts';
import { readChunks, textOfChunks } from './read-events.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let worker: WorkerUnderTest;
let api: ReturnType<typeof client>;
beforeAll(async () => {
  worker = await startWorker({ COMPATIBLE_MODEL: 'demo?n=20&tps=40' });
  api = client(worker.url);
});
afterAll(() => worker.close());

const words = Array.from({ length: 20 }, (_, index) => `w${index + 1}`).join(' ');

test('a detached message is taken at once; whoever reads the stream first sets the turn going', async () => {
  const id = await api.newSession();
  const answer = await api.send('POST', `/sessions/${id}/message`, { message: 'hello' });
  expect(answer.status).toBe(200);
  const { turn_id: turnId, success } = await answer.json();
  expect(success).toBe(true);
  expect(await (await api.get(`/sessions/${id}/status`)).json()).toMatchObject({ status: 'running', turn_id: turnId });
  const [one, two] = await Promise.all([
    api.get(`/sessions/${id}/stream?format=ui`).then(readChunks),
    api.get(`/sessions/${id}/stream?format=ui`).then(readChunks),
  ]);
  expect(textOfChunks(one).trim()).toBe(words);
  expect(two).toEqual(one);
  expect(worker.logs().filter((line) => line.includes('turn_claimed') && line.includes(turnId))).toHaveLength(1);
});

test('a detached message that nobody reads is answered all the same', async () => {
  const id = await api.newSession();
  await api.send('POST', `/sessions/${id}/message`, { message: 'hello' });
  const session = async () => (await api.get(`/sessions/${id}`)).json();
  await expect
    .poll(session, { timeout: 10_000 })
    .toMatchObject({ status: 'idle', history: [{}, { role: 'assistant' }] });
  expect((await session()).history[1].content.trim()).toBe(words);
});

test('a second detached message is refused while the first waits or runs', async () => {
  const id = await api.newSession();
  const first = await (await api.send('POST', `/sessions/${id}/message`, { message: 'hello' })).json();
  const again = async () => (await api.send('POST', `/sessions/${id}/message`, { message: 'again' })).status;
  expect(await again()).toBe(409);
  const running = api.get(`/sessions/${id}/stream?format=ui`).then(readChunks);
  expect(await again()).toBe(409);
  expect((await running).at(-1)).toMatchObject({ messageMetadata: { turn_id: first.turn_id } });
});
