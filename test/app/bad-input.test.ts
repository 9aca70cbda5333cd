import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const big = JSON.stringify({ content: 'x'.repeat(1_100_000) });
const chat = (more: object) => ({
  id: 'a-chat-id-of-16-chars',
  messages: [{ id: 'm1', role: 'user', parts: [{ type: 'text', text: 'hi' }] }],
  ...more,
});

type Case = [what: string, method: string, path: () => string, body: unknown, status: number, error: object];
const cases: Case[] = [
  ['malformed JSON', 'POST', () => '/sessions', '{"metadata":', 400, { code: 'malformed_json' }],
  ['malformed JSON', 'POST', () => `/sessions/${id}/messages`, '{', 400, { code: 'malformed_json' }],
  ['malformed JSON', 'POST', () => `/sessions/${id}/message`, '[1', 400, { code: 'malformed_json' }],
  ['malformed JSON', 'POST', () => '/api/chat', 'null}', 400, { code: 'malformed_json' }],
  ['malformed JSON', 'PATCH', () => `/sessions/${id}`, '{', 400, { code: 'malformed_json' }],
  [
    'a missing field',
    'POST',
    () => `/sessions/${id}/messages`,
    {},
    422,
    { code: 'validation_error', message: 'Request validation failed: content: Field required' },
  ],
  [
    'an empty message',
    'POST',
    () => `/sessions/${id}/messages`,
    { content: '' },
    422,
    { message: expect.stringContaining('content: ') },
  ],
  [
    'a wrong type',
    'POST',
    () => `/sessions/${id}/messages`,
    { content: 7 },
    422,
    { message: expect.stringContaining('content: ') },
  ],
  ['a body that is no object', 'POST', () => `/sessions/${id}/messages`, [], 422, { code: 'validation_error' }],
  [
    'a wrong option',
    'POST',
    () => `/sessions/${id}/messages`,
    { content: 'x', options: { temperature: 'hot' } },
    422,
    { message: expect.stringContaining('options.temperature: ') },
  ],
  [
    'several faults',
    'POST',
    () => '/sessions',
    { metadata: 1, memory_limit: 0 },
    422,
    { message: expect.stringMatching(/metadata: .*; memory_limit: /) },
  ],
  [
    'metadata that is too large',
    'POST',
    () => '/sessions',
    { metadata: { a: 'x'.repeat(20_000) } },
    422,
    { message: expect.stringContaining('metadata: ') },
  ],
  [
    'a memory limit above the maximum',
    'POST',
    () => '/sessions',
    { memory_limit: 51 },
    400,
    { code: 'invalid_memory_limit', details: { requested: 51, maximum: 50 } },
  ],
  [
    'a memory limit above the maximum',
    'POST',
    () => `/sessions/${id}/messages`,
    { content: 'x', memory_limit: 99 },
    400,
    { code: 'invalid_memory_limit' },
  ],
  [
    'an unknown model',
    'POST',
    () => `/sessions/${id}/messages`,
    { content: 'x', options: { model: 'gpt-9' } },
    400,
    { code: 'unknown_model' },
  ],
  [
    'an unknown tool server',
    'POST',
    () => '/sessions',
    { mcp_servers: ['nowhere'] },
    400,
    { code: 'unknown_mcp_server' },
  ],
  ['an oversized body', 'POST', () => `/sessions/${id}/messages`, big, 413, { code: 'payload_too_large' }],
  ['an oversized body', 'POST', () => '/api/chat', big, 413, { code: 'payload_too_large' }],
  [
    'an unknown session',
    'GET',
    () => `/sessions/${UNKNOWN}`,
    undefined,
    404,
    { code: 'session_not_found', message: `Session \`${UNKNOWN}\` was not found` },
  ],
  ['an unknown session', 'GET', () => `/sessions/${UNKNOWN}/status`, undefined, 404, { code: 'session_not_found' }],
  ['an unknown session', 'GET', () => `/sessions/${UNKNOWN}/stream`, undefined, 404, { code: 'session_not_found' }],
  ['an unknown session', 'PATCH', () => `/sessions/${UNKNOWN}`, { title: 'x' }, 404, { code: 'session_not_found' }],
  ['an unknown session', 'DELETE', () => `/sessions/${UNKNOWN}`, undefined, 404, { code: 'session_not_found' }],
  [
    'an unknown session',
    'POST',
    () => `/sessions/${UNKNOWN}/messages`,
    { content: 'x' },
    404,
    { code: 'session_not_found' },
  ],
  [
    'an unknown session',
    'POST',
    () => `/sessions/${UNKNOWN}/message`,
    { message: 'x' },
    404,
    { code: 'session_not_found' },
  ],
  ['an unknown session', 'POST', () => `/sessions/${UNKNOWN}/stop`, undefined, 404, { code: 'session_not_found' }],
  [
    'an id with odd characters',
    'GET',
    () => `/sessions/${encodeURIComponent('a}{b:/ü')}`,
    undefined,
    404,
    { code: 'session_not_found' },
  ],
  [
    'a short chat id',
    'POST',
    () => '/api/chat',
    chat({ id: 'short' }),
    422,
    { message: expect.stringContaining('id: ') },
  ],
  [
    'no message',
    'POST',
    () => '/api/chat',
    chat({ messages: [] }),
    422,
    { message: expect.stringContaining('messages: ') },
  ],
  [
    'an answer as the new message',
    'POST',
    () => '/api/chat',
    chat({ messages: [{ id: 'm', role: 'assistant', parts: [] }] }),
    422,
    { message: expect.stringContaining('messages.role: ') },
  ],
  [
    'a wrong cursor',
    'GET',
    () => '/sessions?cursor=x',
    undefined,
    422,
    { message: expect.stringContaining('cursor: ') },
  ],
  [
    'a wrong page size',
    'GET',
    () => '/sessions?limit=1000',
    undefined,
    422,
    { message: expect.stringContaining('limit: ') },
  ],
  [
    'an unknown stream format',
    'GET',
    () => `/sessions/${id}/stream?format=xml`,
    undefined,
    422,
    { message: expect.stringContaining('format: ') },
  ],
  ['an unknown route', 'GET', () => '/nowhere', undefined, 404, { code: 'http_error', message: 'Not Found' }],
  ['an unknown tool server endpoint', 'POST', () => '/mcp/nowhere', {}, 404, { code: 'http_error' }],
  ['a wrong method', 'PUT', () => '/sessions', {}, 405, { code: 'method_not_allowed', message: 'Method Not Allowed' }],
  ['a wrong method', 'GET', () => '/api/chat', undefined, 405, { code: 'method_not_allowed' }],
];

describe('is refused with the status and body of the contract', () => {
  test.each(cases)('%s: %s', async (_what, method, path, body, status, error) => {
    const response = await api.send(method, path(), body);
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
