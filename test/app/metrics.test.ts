import { afterEach, expect, test } from 'vitest';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let worker: WorkerUnderTest;
afterEach(() => worker.close());

const read = async (accept = '*/*') => {
  const response = await client(worker.url).get('/metrics', { accept });
  expect(response.status).toBe(200);
  return response;
};
const json = async () => (await read()).json();

/** Every line of the exposition format that is no comment, by its name with labels. */
function samples(text: string): Record<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => {
      const [, name = '', value] = /^([a-z_]+(?:\{[a-z_]+="[^"\n]*"(?:,[a-z_]+="[^"\n]*")*\})?) (\S+)$/.exec(line) ?? [
        line,
      ];
      return [name, Number(value)];
    }),
  );
}

test('a deployment that has served nobody counts nothing, in the shape that dashboards know', async () => {
  worker = await startWorker();
  expect(await json()).toEqual({
    requests_total: 0,
    responses_total: 0,
    errors_total: 0,
    requests_by_method: {},
    responses_by_status: {},
    request_latency_avg_ms: 0,
    uptime_seconds: expect.any(Number),
    active_sessions: 0,
    active_turns: 0,
    turns_by_outcome: {},
    errors_by_code: {},
    time_to_first_token_avg_ms: 0,
    tokens: { input: 0, output: 0 },
    tool_calls: { ok: 0, failed: 0 },
  });
});

test('turns and makings of sessions are counted, refused ones too, and nothing else', async () => {
  worker = await startWorker();
  const api = client(worker.url);
  const id = await api.newSession();
  await (await api.say(id, 'Hello')).json();
  await (await api.stream(id, 'add a task to buy milk')).text();
  await (await api.say(id, '')).text();
  await (await api.say('nothing-here', 'Hello')).text();
  for (const path of ['/health', '/metrics', '/', '/nowhere', `/sessions/${id}`]) await (await api.get(path)).text();
  await api.send('DELETE', `/sessions/${id}`);
  const counted = await json();
  expect(counted).toMatchObject({
    requests_total: 5,
    responses_total: 5,
    errors_total: 0,
    requests_by_method: { POST: 5 },
    responses_by_status: { 200: 2, 201: 1, 404: 1, 422: 1 },
    turns_by_outcome: { complete: 2 },
    errors_by_code: { session_not_found: 1, validation_error: 1 },
    tool_calls: { ok: 1, failed: 0 },
  });
  expect(counted.tokens.input).toBeGreaterThan(0);
  expect(counted.tokens.output).toBeGreaterThan(0);
  expect(counted.time_to_first_token_avg_ms).toBeGreaterThan(0);
  expect(counted.request_latency_avg_ms).toBeGreaterThan(0);
});

test('a turn whose model fails is an error, whichever way it was answered', async () => {
  worker = await startWorker({ COMPATIBLE_BASE_URL: 'http://127.0.0.1:1/v1' });
  const api = client(worker.url);
  const id = await api.newSession();
  expect((await api.say(id, 'Hello')).status).toBe(502);
  await (await api.stream(id, 'Hello')).text();
  expect(await json()).toMatchObject({
    responses_total: 3,
    errors_total: 2,
    responses_by_status: { 201: 1, 502: 2 },
    errors_by_code: { provider_error: 2 },
    turns_by_outcome: { failed: 2 },
  });
});

test('what the rate limit refuses is counted as 429', async () => {
  worker = await startWorker({ RATE_RPS: '0.001', RATE_BURST: '2' });
  const api = client(worker.url);
  const id = await api.newSession();
  await (await api.say(id, 'Hello')).json();
  expect((await api.say(id, 'Hello')).status).toBe(429);
  expect((await api.send('POST', '/sessions', {})).status).toBe(429);
  expect(await json()).toMatchObject({
    requests_total: 4,
    responses_total: 4,
    responses_by_status: { 200: 1, 201: 1, 429: 2 },
    errors_by_code: { rate_limited: 2 },
  });
});

test('Prometheus gets its text format, with histograms that add up', async () => {
  worker = await startWorker();
  const api = client(worker.url);
  const id = await api.newSession();
  await (await api.say(id, 'Hello')).json();
  const response = await read(
    'application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
  );
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const text = await response.text();
  expect(text.endsWith('\n')).toBe(true);
  const found = samples(text);
  expect(found).toMatchObject({
    'edgewise_requests_total{method="POST"}': 2,
    'edgewise_responses_total{status="200"}': 1,
    'edgewise_turns_total{outcome="complete"}': 1,
    'edgewise_request_duration_seconds_bucket{le="+Inf"}': 2,
    edgewise_request_duration_seconds_count: 2,
    edgewise_time_to_first_token_seconds_count: 1,
    edgewise_active_sessions: 1,
  });
  const buckets = Object.entries(found).filter(([name]) => name.startsWith('edgewise_request_duration_seconds_bucket'));
  const counts = buckets.map(([, count]) => count);
  expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  for (const name of new Set(Object.keys(found).map((item) => item.replace(/(_bucket|_sum|_count)?(\{.*)?$/, '')))) {
    expect(text).toMatch(new RegExp(`# HELP ${name} .+\n# TYPE ${name} (counter|gauge|histogram)\n`));
  }
});

test('switched off, there is nothing to see, and nothing is timed', async () => {
  worker = await startWorker({ METRICS_ENABLED: 'false' });
  const api = client(worker.url);
  const id = await api.newSession();
  const answer = await api.say(id, 'Hello');
  expect(answer.headers.get('server-timing')).toBeNull();
  const off = await api.get('/metrics');
  const nowhere = await api.get('/nowhere');
  expect([off.status, (await off.json()).error]).toEqual([404, (await nowhere.json()).error]);
  expect(await (await api.get('/health')).json()).toMatchObject({ requests_total: 0, active_sessions: 1 });
});

test('a client is told how long what took, in numbers alone', async () => {
  worker = await startWorker();
  const api = client(worker.url);
  const id = await api.newSession();
  const whole = (await api.say(id, 'Hello')).headers.get('server-timing') ?? '';
  expect(whole).toMatch(
    /^auth;dur=\d+, begin;dur=\d+, model;dur=\d+, first-token;dur=\d+, end;dur=\d+, total;dur=\d+$/,
  );
  const stream = await api.stream(id, 'Hello');
  expect(stream.headers.get('server-timing')).toMatch(/^auth;dur=\d+, begin;dur=\d+, total;dur=\d+$/);
  await stream.text();
  expect((await api.get('/health')).headers.get('server-timing')).toMatch(/^total;dur=\d+$/);
});
