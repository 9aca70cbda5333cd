import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startRecordingProxy, type RecordingProxy } from '../fakes/recording-proxy.ts';
import { sequentialRoundTrips } from '../fakes/sequential-round-trips.ts';
import { startToolServer, type ToolServer } from './tool-server.ts';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let redis: RecordingProxy;
let model: RecordingProxy;
let remote: ToolServer;
let worker: WorkerUnderTest;
let api: ReturnType<typeof client>;

beforeAll(async () => {
  const vars = inject('vars');
  redis = await startRecordingProxy(vars['UPSTASH_REDIS_REST_URL'] ?? '');
  model = await startRecordingProxy(vars['COMPATIBLE_BASE_URL'] ?? '');
  remote = await startToolServer();
  worker = await startWorker({
    UPSTASH_REDIS_REST_URL: redis.url,
    COMPATIBLE_BASE_URL: model.url,
    MCP_SERVERS: JSON.stringify({ mcpServers: { remote: { url: remote.url } } }),
  });
  api = client(worker.url);
});
afterAll(async () => {
  await worker.close();
  await Promise.all([redis.close(), model.close(), remote.close()]);
});

/** A turn whose catalogue and scripts are warm; what it sent lies in the proxies afterwards. */
async function warmTurn(content: string): Promise<void> {
  redis.requests.length = 0;
  const id = await api.newSession({ title: 'Warm' });
  await api.say(id, 'hello');
  await archived();
  redis.requests.length = 0;
  model.requests.length = 0;
  remote.requests.length = 0;
  const response = await api.say(id, content);
  expect(response.status).toBe(200);
  await archived();
}

/** The archive's confirmation is the last thing a turn sends. */
async function archived(): Promise<void> {
  await expect
    .poll(() => redis.requests.some(({ commands }) => commands.some(([name]) => name?.toUpperCase() === 'XDEL')))
    .toBe(true);
}

test('before the model is called there is exactly one request to Redis', async () => {
  await warmTurn('How are you?');
  const calledAt = model.requests[0]?.startedAt ?? 0;
  const before = redis.requests.filter(({ startedAt }) => startedAt < calledAt);
  expect(before).toHaveLength(1);
  expect(sequentialRoundTrips(before)).toBe(1);
});

test('a turn without a tool call sends no MCP request', async () => {
  await warmTurn('How are you?');
  expect(remote.requests).toEqual([]);
});

test('a short turn takes four Redis commands: limiter, begin, end, and the archive confirmed', async () => {
  await warmTurn('Hi');
  const names = redis.requests.flatMap(({ commands }) => commands.map(([name]) => name?.toUpperCase()));
  expect(names).toEqual(['EVALSHA', 'EVALSHA', 'EVALSHA', 'XDEL']);
});

test('a call of a remote tool sends one MCP request', async () => {
  await warmTurn('use the tool remote__echo with {"text":"ping"}');
  expect(remote.requests).toEqual(['tools/call']);
});

test('a turn without a session takes one round trip to Redis before the model, limiter and tool catalogues side by side, and is charged in one command', async () => {
  const ask = () => api.send('POST', '/v1/chat/completions', { messages: [{ role: 'user', content: 'How are you?' }] });
  const names = () => redis.requests.flatMap(({ commands }) => commands.map(([name]) => name?.toUpperCase()));
  // The first one loads the scripts; each is charged right after its last word.
  for (const _ of ['cold', 'warm', 'measured']) {
    redis.requests.length = 0;
    remote.requests.length = 0;
    expect((await ask()).status).toBe(200);
    await expect.poll(() => names().filter((name) => name === 'EVALSHA').length).toBe(2);
  }
  expect(names().sort()).toEqual(['EVALSHA', 'EVALSHA', 'MGET']);
  expect(sequentialRoundTrips(redis.requests)).toBe(2);
  expect(remote.requests).toEqual([]);
});

test('counting costs no command, and switched off it leaves nothing behind', async () => {
  const quiet = await startWorker({ UPSTASH_REDIS_REST_URL: redis.url, METRICS_ENABLED: 'false' });
  const off = client(quiet.url);
  const id = await off.newSession({ title: 'Warm' });
  await off.say(id, 'hello');
  await archived();
  redis.requests.length = 0;
  await off.say(id, 'Hi');
  expect((await off.say(id, '')).status).toBe(422);
  expect((await off.get('/metrics')).status).toBe(404);
  await archived();
  const commands = redis.requests.flatMap((request) => request.commands);
  expect(commands.map(([name]) => name?.toUpperCase())).toEqual(['EVALSHA', 'EVALSHA', 'EVALSHA', 'XDEL']);
  expect(JSON.stringify(commands)).not.toContain('_total');
  await quiet.close();
});
