import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { startRecordingProxy, type RecordingProxy } from '../fakes/recording-proxy.ts';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let redis: RecordingProxy;
let neon: RecordingProxy;
let worker: WorkerUnderTest;
beforeAll(async () => {
  redis = await startRecordingProxy(inject('vars')['UPSTASH_REDIS_REST_URL'] ?? '');
  neon = await startRecordingProxy(inject('vars')['NEON_FETCH_ENDPOINT'] ?? '');
  worker = await startWorker({ UPSTASH_REDIS_REST_URL: redis.url, NEON_FETCH_ENDPOINT: neon.url });
});
afterAll(async () => {
  await worker.close();
  await Promise.all([redis.close(), neon.close()]);
});
beforeEach(() => {
  redis.setFault(null);
  neon.setFault(null);
});

async function look(path: string) {
  const startedAt = performance.now();
  const response = await client(worker.url).get(path);
  expect(response.status).toBe(200);
  const body = await response.json();
  return { body, ms: performance.now() - startedAt };
}

test('asked deeply, it tells how long every dependency took', async () => {
  const { body } = await look('/health?deep=1');
  const check = { status: 'reachable', latency_ms: expect.any(Number) };
  expect(body).toMatchObject({ status: 'healthy', memory: 'reachable', checks: { memory: check, database: check } });
});

test('otherwise the database is left alone', async () => {
  neon.requests.length = 0;
  expect((await look('/health')).body).not.toHaveProperty('checks');
  expect(neon.requests).toEqual([]);
});

test.each(['refuse', 'hang', { status: 500 }] as const)(
  'with everything away (%j) it still answers 200 within two seconds',
  async (fault) => {
    redis.setFault(fault);
    neon.setFault(fault);
    const { body, ms } = await look('/health?deep=1');
    expect(body).toMatchObject({ status: 'healthy', memory: 'unreachable', requests_total: 0 });
    expect(Object.values(body.checks)).toEqual([
      { status: 'unreachable', latency_ms: expect.any(Number) },
      { status: 'unreachable', latency_ms: expect.any(Number) },
    ]);
    expect(ms).toBeLessThan(2_000);
  },
);
