import {
  APIError,
  AuthenticationError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  type OpenAI,
} from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN_TOKEN, issueKey } from './issue-key.ts';
import { openaiClient } from './openai-client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

const MODELS = 'demo,demo?status=500,demo?cut=3&n=9,demo?hang=headers';
let worker: WorkerUnderTest;
let strict: WorkerUnderTest;
let openai: OpenAI;
beforeAll(async () => {
  worker = await startWorker({ COMPATIBLE_MODEL: MODELS, PROVIDER_TIMEOUT_SECONDS: '1' });
  strict = await startWorker({ ALLOW_ANONYMOUS: 'false', ADMIN_TOKEN, RATE_RPS: '0.001', RATE_BURST: '1' });
  openai = openaiClient(worker.url);
});
afterAll(async () => {
  await Promise.all([worker.close(), strict.close()]);
});

type Request = OpenAI.ChatCompletionCreateParamsNonStreaming;
const hello: Request = { model: 'demo', messages: [{ role: 'user', content: 'hello' }] };

async function refusal(asked: Promise<unknown>): Promise<InstanceType<typeof APIError>> {
  const error: unknown = await asked.then(
    () => new Error('It was not refused.'),
    (reason: unknown) => reason,
  );
  if (error instanceof APIError) return error;
  throw error;
}

const invalid: [string, Partial<Record<keyof Request, unknown>>, string][] = [
  ['two answers', { n: 2 }, 'n'],
  ['no messages', { messages: [] }, 'messages'],
  ['instructions alone', { messages: [{ role: 'system', content: 'x' }] }, 'messages'],
  ['an unknown role', { messages: [{ role: 'narrator', content: 'x' }] }, 'messages.0.role'],
  [
    'a result without a call',
    { messages: [{ role: 'tool', tool_call_id: 'c1', content: 'x' }] },
    'messages.0.tool_call_id',
  ],
  ['a temperature that is too high', { temperature: 9 }, 'temperature'],
  ['log probabilities', { logprobs: true }, 'logprobs'],
  [
    'a picture from elsewhere',
    { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'http://10.0.0.1/x.png' } }] }] },
    'messages.0.content',
  ],
  ['an unknown tool server', { metadata: { mcp_servers: 'nowhere' } }, 'metadata.mcp_servers'],
  [
    'a choice of a tool that is not there',
    { tool_choice: { type: 'function', function: { name: 'fly' } } },
    'tool_choice',
  ],
];

test.each(invalid)('%s: a bad request that names the parameter', async (_, change, param) => {
  const error = await refusal(openai.chat.completions.create({ ...hello, ...change } as Request));
  expect(error).toBeInstanceOf(BadRequestError);
  expect(error.param).toContain(param);
  expect(error).toMatchObject({ type: 'invalid_request_error', requestID: expect.any(String) });
  expect(error.message).not.toContain('at ');
});

test('a model that is not there: not found, with the name that clients look for', async () => {
  const error = await refusal(openai.chat.completions.create({ ...hello, model: 'gpt-9' }));
  expect(error).toBeInstanceOf(NotFoundError);
  expect(error).toMatchObject({ code: 'model_not_found', param: 'model' });
  expect(await refusal(openai.models.retrieve('gpt-9'))).toBeInstanceOf(NotFoundError);
});

test("a session that is not there, or is somebody else's: not found", async () => {
  const metadata = { session_id: crypto.randomUUID() };
  const error = await refusal(openai.chat.completions.create({ ...hello, metadata }));
  expect(error).toBeInstanceOf(NotFoundError);
  expect(error).toMatchObject({ code: 'session_not_found', param: 'metadata.session_id' });
});

test('a key that is wrong, or none where one is needed: not authenticated', async () => {
  for (const apiKey of ['anonymous', 'sk-wrong', 'ew_0000']) {
    const error = await refusal(openaiClient(strict.url, { apiKey }).chat.completions.create(hello));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error).toMatchObject({ type: 'authentication_error' });
  }
});

test('a key without the scope: not permitted', async () => {
  const { key } = await issueKey(strict.url, { scopes: ['tasks'] });
  const error = await refusal(openaiClient(strict.url, { apiKey: key }).chat.completions.create(hello));
  expect(error).toBeInstanceOf(PermissionDeniedError);
});

test('too many requests: a wait, which the package keeps by itself', async () => {
  const { key } = await issueKey(strict.url);
  const limited = openaiClient(strict.url, { apiKey: key });
  await limited.chat.completions.create(hello);
  const error = await refusal(limited.chat.completions.create(hello));
  expect(error).toBeInstanceOf(RateLimitError);
  expect(error).toMatchObject({ code: 'rate_limit_exceeded', type: 'rate_limit_error' });
  expect(Number(error.headers?.get('retry-after'))).toBeGreaterThan(0);
});

test('a provider that fails, or does not answer: a server error, without a word of its insides', async () => {
  for (const [model, status] of [
    ['demo?status=500', 502],
    ['demo?hang=headers', 504],
  ] as const) {
    const error = await refusal(openai.chat.completions.create({ ...hello, model }));
    expect(error).toBeInstanceOf(InternalServerError);
    expect(error.status).toBe(status);
    expect(error.message).not.toMatch(/told to|127\.0\.0\.1|localhost/);
  }
});

test('a provider that breaks off in the middle of a stream: what there was, and then an error', async () => {
  const stream = await openai.chat.completions.create({ ...hello, model: 'demo?cut=3&n=9', stream: true });
  let text = '';
  const error = await refusal(
    (async () => {
      for await (const { choices } of stream) text += choices[0]?.delta.content ?? '';
    })(),
  );
  expect(text).toContain('w1');
  expect(error).toMatchObject({ code: 'provider_error', type: 'server_error' });
});

test('unknown paths, methods and broken bodies are told in the same shape', async () => {
  const shape = { error: { message: expect.any(String), type: 'invalid_request_error', param: null } };
  const ask = (path: string, init: RequestInit) => fetch(`${worker.url}/v1${path}`, init);
  const broken = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' };
  for (const [response, status, code] of [
    [await ask('/embeddings', { method: 'POST' }), 404, 'http_error'],
    [await ask('/chat/completions', {}), 405, 'method_not_allowed'],
    [await ask('/chat/completions', broken), 400, 'malformed_json'],
  ] as const) {
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { ...shape.error, code } });
  }
});

test('the models are listed, and found by id and by name', async () => {
  const listed: OpenAI.Model[] = [];
  for await (const model of openai.models.list()) listed.push(model);
  expect(listed.map(({ id }) => id)).toEqual(MODELS.split(',').map((name) => `compatible/${name}`));
  expect(await openai.models.retrieve('compatible/demo')).toEqual(listed[0]);
  expect(await openai.models.retrieve('demo')).toMatchObject({ object: 'model', owned_by: 'compatible' });
});
