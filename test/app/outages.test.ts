import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { startRecordingProxy, type RecordingProxy } from '../fakes/recording-proxy.ts';
import { archivedMessages } from './archived-messages.ts';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let redis: RecordingProxy;
let neon: RecordingProxy;
let worker: WorkerUnderTest;
let api: ReturnType<typeof client>;
beforeAll(async () => {
  redis = await startRecordingProxy(inject('vars')['UPSTASH_REDIS_REST_URL'] ?? '');
  neon = await startRecordingProxy(inject('vars')['NEON_FETCH_ENDPOINT'] ?? '');
  worker = await startWorker({ UPSTASH_REDIS_REST_URL: redis.url, NEON_FETCH_ENDPOINT: neon.url });
  api = client(worker.url);
});
afterAll(async () => {
  await worker.close();
  await Promise.all([redis.close(), neon.close()]);
});
beforeEach(() => {
  redis.setFault(null);
  neon.setFault(null);
});

describe.each(['refuse', 'hang', { status: 500 }] as const)('with Redis away (%j)', (fault) => {
  test('a message is refused with 503 within two seconds, and works again afterwards', async () => {
    const id = await api.newSession();
    redis.setFault(fault);
    const startedAt = performance.now();
    const refused = await api.say(id, 'hello');
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ error: { code: 'memory_unavailable' } });
    expect(performance.now() - startedAt).toBeLessThan(2_500);
    redis.setFault(null);
    expect((await api.say(id, 'hello')).status).toBe(200);
  });

  test('every other route that needs it is refused the same way', async () => {
    const id = await api.newSession();
    redis.setFault(fault);
    const answers = await Promise.all([
      api.send('POST', '/sessions', {}),
      api.get('/sessions'),
      api.get(`/sessions/${id}`),
      api.send('PATCH', `/sessions/${id}`, { title: 'x' }),
      api.send('DELETE', `/sessions/${id}`),
      api.get(`/sessions/${id}/stream`),
      api.send('POST', `/sessions/${id}/stop`),
      api.send('POST', `/sessions/${id}/message`, { message: 'x' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 503));
  });

  test('health says so, with 200 and in time', async () => {
    redis.setFault(fault);
    const startedAt = performance.now();
    const health = await api.get('/health');
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({ status: 'healthy', memory: 'unreachable' });
    expect(performance.now() - startedAt).toBeLessThan(2_500);
  });
});

describe.each(['refuse', { status: 500 }] as const)('with Neon away (%j)', (fault) => {
  test('turns go on, and everything arrives once it is back, exactly once', async () => {
    const expected = worker.logs().filter((line) => line.includes('archive_delayed')).length + 2;
    const id = await api.newSession();
    neon.setFault(fault);
    expect((await api.say(id, 'one')).status).toBe(200);
    expect((await api.say(id, 'two')).status).toBe(200);
    const delayed = () => worker.logs().filter((line) => line.includes('archive_delayed')).length;
    await expect.poll(delayed).toBe(expected);
    neon.setFault(null);
    expect(await archivedMessages(id)).toEqual([]);
    expect((await api.say(id, 'three')).status).toBe(200);
    await expect.poll(async () => (await archivedMessages(id)).length).toBe(2);

    // Cron leaves entries alone for half a minute, because their turn may still be about to archive them: here that time has passed.
    await worker.cron(60_000);
    await worker.cron(60_000);
    const rows = await archivedMessages(id);
    expect(rows.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(rows.filter(({ role }) => role === 'user').map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  });
});
