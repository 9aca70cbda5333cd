import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { startRecordingProxy, type RecordingProxy } from '../fakes/recording-proxy.ts';
import { client } from './client.ts';
import { forgetSession } from './forget-session.ts';
import { readChunks } from './read-events.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

describe('with Neon away', () => {
  const namespace = `test-${crypto.randomUUID()}`;
  let neon: RecordingProxy;
  let worker: WorkerUnderTest;
  let api: ReturnType<typeof client>;
  beforeAll(async () => {
    neon = await startRecordingProxy(inject('vars')['NEON_FETCH_ENDPOINT'] ?? '');
    worker = await startWorker({ HISTORY_NAMESPACE: namespace, NEON_FETCH_ENDPOINT: neon.url });
    api = client(worker.url);
  });
  afterAll(async () => {
    await worker.close();
    await neon.close();
  });
  beforeEach(() => neon.setFault(null));

  test('a session that only the archive has is not said to be missing', async () => {
    const id = await api.newSession();
    await api.say(id, 'My name is Nilufar.');
    await forgetSession(namespace, id);
    neon.setFault({ status: 500 });
    const message = { id: 'm', role: 'user', parts: [{ type: 'text', text: 'hello' }] };
    const answers = await Promise.all([
      api.get(`/sessions/${id}`),
      api.say(id, 'hello'),
      api.send('PATCH', `/sessions/${id}`, { title: 'x' }),
      api.send('DELETE', `/sessions/${id}`),
      api.send('POST', '/api/chat', { id, messages: [message, message] }),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe(503);
      expect(await answer.json()).toMatchObject({ error: { code: 'archive_unavailable' } });
    }
    expect(await (await api.get('/sessions')).json()).toMatchObject({ incomplete: true });
    neon.setFault(null);
    expect((await api.say(id, 'What is my name?')).status).toBe(200);
  });

  test('a new chat begins all the same', async () => {
    neon.setFault('refuse');
    const message = { id: 'm', role: 'user', parts: [{ type: 'text', text: 'hello' }] };
    const chat = await api.send('POST', '/api/chat', { id: crypto.randomUUID(), messages: [message] });
    expect((await readChunks(chat)).at(-1)).toMatchObject({ type: 'finish' });
  });

  test('what was said while it was away is there when the session is taken back, in order', async () => {
    const id = await api.newSession();
    await api.say(id, 'one');
    neon.setFault({ status: 500 });
    await api.say(id, 'two');
    await forgetSession(namespace, id);
    neon.setFault(null);
    await api.say(id, 'three');
    const { history } = await (await api.get(`/sessions/${id}`)).json();
    const asked = history.filter(({ role }: { role: string }) => role === 'user');
    expect(asked.map(({ content }: { content: string }) => content)).toEqual(['one', 'two', 'three']);
  });

  test('a turn in a session that Redis has asks the archive nothing', async () => {
    const id = await api.newSession({ title: 'Live' });
    await api.say(id, 'one');
    await expect.poll(() => neon.requests.every(({ endedAt }) => endedAt !== null)).toBe(true);
    neon.requests.length = 0;
    await api.say(id, 'two');
    await expect.poll(() => neon.requests.length).toBe(1);
    expect(neon.requests[0]?.body).toContain('insert into');
  });
});
