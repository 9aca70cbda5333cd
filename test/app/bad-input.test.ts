import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { badInputCases } from './bad-input-cases.ts';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let worker: WorkerUnderTest;
let api: ReturnType<typeof client>;
let id: string;
beforeAll(async () => {
  worker = await startWorker();
  api = client(worker.url);
  id = await api.newSession();
});
afterAll(() => worker.close());

describe('is refused with the status and body of the contract', () => {
  test.each(badInputCases)('%s: %s', async (_what, method, path, body, status, error) => {
    const response = await api.send(method, path(id), body);
    const answer = await response.json();
    expect({ status: response.status, ...answer }).toMatchObject({
      status,
      error,
      request_id: response.headers.get('x-request-id'),
    });
    expect(JSON.stringify(answer)).not.toMatch(/stack|\.js:|redis|upstash|postgres/i);
  });

  test('another media type', async () => {
    const response = await fetch(`${worker.url}/sessions`, {
      method: 'POST',
      body: 'a=1',
      headers: { 'content-type': 'text/plain' },
    });
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ error: { code: 'unsupported_media_type' } });
  });
});

test('nothing of all that was stored', async () => {
  expect(await (await api.get(`/sessions/${id}`)).json()).toMatchObject({
    history: [],
    message_count: 0,
    status: 'idle',
  });
});

test('a sane request id of the client is kept, another one replaced', async () => {
  expect((await api.get('/health', { 'x-request-id': 'abc-123' })).headers.get('x-request-id')).toBe('abc-123');
  expect((await api.get('/health', { 'x-request-id': 'a b;c' })).headers.get('x-request-id')).toMatch(
    /^[0-9a-f-]{36}$/,
  );
});
