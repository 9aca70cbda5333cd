import { afterAll, beforeAll, expect, test } from 'vitest';
import { archivedMessages } from './archived-messages.ts';
import { client } from './client.ts';
import { readEvents } from './read-events.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

const SLOW = 'demo?n=60&tps=50';

let worker: WorkerUnderTest;
let api: ReturnType<typeof client>;
beforeAll(async () => {
  worker = await startWorker({ COMPATIBLE_MODEL: SLOW });
  api = client(worker.url);
});
afterAll(() => worker.close());

test('a client that leaves after the first token loses nothing: memory and archive hold the whole answer', async () => {
  const id = await api.newSession();
  const leaving = new AbortController();
  const response = await api.stream(id, 'hello', {}, leaving.signal);
  for await (const { data } of readEvents(response.body)) if (data.includes('text-delta')) break;
  leaving.abort();

  await expect
    .poll(async () => (await (await api.get(`/sessions/${id}/status`)).json()).status, { timeout: 10_000 })
    .toBe('idle');
  const { history } = await (await api.get(`/sessions/${id}`)).json();
  expect(history[1].content.trim().split(' ')).toHaveLength(60);
  expect(history[1].metadata.status).toBe('complete');
  await expect
    .poll(() => archivedMessages(id))
    .toMatchObject([
      { position: 1, role: 'user', text: 'hello' },
      { position: 2, role: 'assistant', status: 'complete', text: history[1].content },
    ]);
});
