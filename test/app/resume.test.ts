import type { UIMessageChunk } from 'ai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { client } from './client.ts';
import { readChunks, readEvents, textOfChunks } from './read-events.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

const PACED = 'demo?n=60&tps=40';

let worker: WorkerUnderTest;
let elsewhere: WorkerUnderTest;
let api: ReturnType<typeof client>;
let other: ReturnType<typeof client>;
beforeAll(async () => {
  const vars = { COMPATIBLE_MODEL: PACED, HISTORY_NAMESPACE: `test-${crypto.randomUUID()}` };
  [worker, elsewhere] = await Promise.all([startWorker(vars), startWorker(vars)]);
  api = client(worker.url);
  other = client(elsewhere.url);
});
afterAll(() => Promise.all([worker.close(), elsewhere.close()]));

const words = (text: string) => text.trim().split(' ');

/** Reads so many events of a turn and goes away; answers what it saw and the id of the last event. */
async function readSome(response: Response, count: number) {
  const chunks: UIMessageChunk[] = [];
  let lastId = '';
  for await (const { id, data } of readEvents(response.body)) {
    chunks.push(JSON.parse(data));
    lastId = id ?? '';
    if (chunks.length === count) break;
  }
  return { chunks, lastId };
}

describe('reading a turn back', () => {
  test('from another isolate, after the last event that was seen: nothing is lost, nothing doubled', async () => {
    const id = await api.newSession();
    const leaving = new AbortController();
    const { chunks, lastId } = await readSome(await api.stream(id, 'hello', {}, leaving.signal), 8);
    leaving.abort();
    const rest = await readChunks(await other.get(`/sessions/${id}/stream`, { 'last-event-id': lastId }));
    expect(words(textOfChunks([...chunks, ...rest]))).toEqual(
      Array.from({ length: 60 }, (_, index) => `w${index + 1}`),
    );
    expect([...chunks, ...rest].filter(({ type }) => type === 'start')).toHaveLength(1);
    expect(rest.at(-1)).toMatchObject({ type: 'finish', messageMetadata: { status: 'complete' } });
  });

  test('from the start, while it runs and after it has ended: the same chunks', async () => {
    const id = await api.newSession();
    const first = readChunks(await api.stream(id, 'hello'));
    const second = readChunks(await other.get(`/api/chat/${id}/stream`));
    const [live, followed] = await Promise.all([first, second]);
    const replayed = await readChunks(await other.get(`/sessions/${id}/stream`));
    expect(followed).toEqual(live);
    expect(replayed).toEqual(live);
  });

  test('there is nothing to read before the first turn: 204, also for a chat that does not exist yet', async () => {
    const id = await api.newSession();
    expect((await api.get(`/sessions/${id}/stream`)).status).toBe(204);
    expect((await api.get('/api/chat/a-chat-that-is-not-there/stream')).status).toBe(204);
  });

  test('an event id that is none is refused', async () => {
    const id = await api.newSession();
    const refused = await api.get(`/sessions/${id}/stream`, { 'last-event-id': 'nonsense' });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ error: { message: expect.stringContaining('last-event-id') } });
  });
});

describe('sending twice', () => {
  test('the same idempotency key shows the same turn again, streamed or whole', async () => {
    const id = await api.newSession();
    const key = { 'idempotency-key': 'once' };
    const stream = { ...key, accept: 'text/event-stream' };
    const [first, second] = await Promise.all([
      api.send('POST', `/sessions/${id}/messages`, { content: 'hello' }, stream).then(readChunks),
      // Sent a moment later, from elsewhere, while the first runs.
      new Promise((resolve) => setTimeout(resolve, 300)).then(async () =>
        readChunks(await other.send('POST', `/sessions/${id}/messages`, { content: 'hello' }, stream)),
      ),
    ]);
    expect(second).toEqual(first);
    const whole = await (await other.send('POST', `/sessions/${id}/messages`, { content: 'hello' }, key)).json();
    expect(whole).toMatchObject({ status: 'complete', message: { content: textOfChunks(first) } });
    expect(await (await api.get(`/sessions/${id}`)).json()).toMatchObject({ message_count: 2 });
  });

  test('a second message while a turn runs is refused with the turn, waits for it, or stops it, as it asks', async () => {
    const id = await api.newSession();
    const running = await api.stream(id, 'first');
    const refused = await other.say(id, 'second');
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      error: { code: 'turn_running', details: { turn_id: running.headers.get('x-turn-id') } },
    });

    const queued = other.say(id, 'third', { on_busy: 'queue' });
    expect((await readChunks(running)).at(-1)).toMatchObject({ messageMetadata: { status: 'complete' } });
    expect(await (await queued).json()).toMatchObject({ status: 'complete' });

    const interrupted = readChunks(await api.stream(id, 'fourth'));
    const next = await (await other.say(id, 'fifth', { on_busy: 'interrupt' })).json();
    expect((await interrupted).at(-1)).toEqual({ type: 'abort' });
    expect(next).toMatchObject({ status: 'complete' });
    const { history } = await (await api.get(`/sessions/${id}`)).json();
    expect(history.map(({ metadata }: { metadata: { status: string } }) => metadata.status)).toEqual(
      'complete complete complete complete complete stopped complete complete'.split(' '),
    );
  });
});
