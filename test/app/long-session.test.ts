import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startRecordingProxy, type RecordingProxy } from '../fakes/recording-proxy.ts';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let redis: RecordingProxy;
let worker: WorkerUnderTest;
let api: ReturnType<typeof client>;
beforeAll(async () => {
  redis = await startRecordingProxy(inject('vars')['UPSTASH_REDIS_REST_URL'] ?? '');
  worker = await startWorker({ UPSTASH_REDIS_REST_URL: redis.url, MEMORY_SUMMARY: 'off' });
  api = client(worker.url);
});
afterAll(async () => {
  await worker.close();
  await redis.close();
});

/** A session that holds so many messages, each as long as the others. */
async function sessionOf(messages: number): Promise<string> {
  const lines = Array.from({ length: messages }, (_, index) => {
    const id = `message-${String(index).padStart(6, '0')}`;
    const role = index % 2 === 0 ? 'user' : 'assistant';
    const message = { id, role, parts: [{ type: 'text', text: `These are the words of ${id}.` }] };
    const about = { v: 1, id, turn_id: `turn-${id}`, status: 'complete', model: null, usage: null };
    return { kind: 'message', ...about, created_at: '2026-11-21T00:00:00.000Z', message };
  });
  const body = [{ kind: 'session', v: 1, title: 'Long' }, ...lines].map((line) => JSON.stringify(line)).join('\n');
  const response = await api.send('POST', '/sessions/import', body, { 'content-type': 'application/x-ndjson' });
  expect(response.status).toBe(201);
  return (await response.json()).id;
}

/** What ten turns cost: some of them move the window. */
async function costOf(id: string) {
  redis.requests.length = 0;
  let tokens = 0;
  for (let turn = 0; turn < 10; turn += 1) {
    const reply = await (await api.say(id, `Question ${turn}: what is next?`)).json();
    tokens += reply.usage.inputTokens;
  }
  const archived = () =>
    redis.requests.flatMap(({ commands }) => commands).filter(([name]) => /^xdel$/i.test(name ?? ''));
  await expect.poll(() => archived().length).toBe(10);
  const commands = redis.requests.flatMap((request) => request.commands);
  const bytes = redis.requests.reduce((sum, { body }) => sum + body.length, 0);
  return { tokens, commands: commands.length, bytes };
}

test('a turn in a session of 2,000 messages costs what it costs in one of 20', async () => {
  const [short, long] = [await sessionOf(20), await sessionOf(2000)];
  // Redis knows every script afterwards.
  await costOf(await sessionOf(20));
  const [few, many] = [await costOf(short), await costOf(long)];
  expect(many.commands).toBe(few.commands);
  expect(Math.abs(many.tokens - few.tokens) / few.tokens).toBeLessThan(0.02);
  expect(Math.abs(many.bytes - few.bytes) / few.bytes).toBeLessThan(0.02);
}, 60_000);
