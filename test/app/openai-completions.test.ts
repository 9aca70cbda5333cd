import type OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { client } from './client.ts';
import { openaiClient } from './openai-client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let worker: WorkerUnderTest;
let openai: OpenAI;
let api: ReturnType<typeof client>;
const cookie = `edgewise_visitor=${crypto.randomUUID()}`;
const MODEL = 'compatible/demo';

beforeAll(async () => {
  worker = await startWorker({ COMPATIBLE_MODEL: 'demo,demo?n=400&tps=100,demo?status=500,demo?n=3&reasoning=2' });
  api = client(worker.url, { cookie });
  openai = openaiClient(worker.url, { defaultHeaders: { cookie } });
});
afterAll(() => worker.close());

const says = (content: string) => [{ role: 'user' as const, content }];
test('a whole answer, with its usage', async () => {
  const answer = await openai.chat.completions.create({ model: MODEL, messages: says('hello there') });
  expect(answer).toMatchObject({
    id: expect.stringMatching(/^chatcmpl-turn_/),
    object: 'chat.completion',
    model: MODEL,
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: expect.any(String) } }],
  });
  expect(answer.choices[0]?.message.content).not.toBe('');
  const { prompt_tokens: prompt = 0, completion_tokens: completion = 0, total_tokens: total } = answer.usage ?? {};
  expect(prompt).toBeGreaterThan(0);
  expect(completion).toBeGreaterThan(0);
  expect(total).toBe(prompt + completion);
  expect(Math.abs(answer.created - Date.now() / 1000)).toBeLessThan(60);
});

test('the same answer as it is made, with usage only when it is asked for', async () => {
  const whole = await openai.chat.completions.create({ model: 'demo', messages: says('hello there') });
  for (const include_usage of [true, false]) {
    const stream = await openai.chat.completions.create({
      model: 'demo',
      messages: says('hello there'),
      stream: true,
      stream_options: { include_usage },
    });
    const chunks = await collect(stream);
    expect(chunks[0]?.choices[0]?.delta).toMatchObject({ role: 'assistant' });
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(
      whole.choices[0]?.message.content,
    );
    const reasons = chunks.flatMap(({ choices }) => choices.map((choice) => choice.finish_reason)).filter(Boolean);
    expect(reasons).toEqual(['stop']);
    const usages = chunks.filter(({ choices }) => choices.length === 0).map(({ usage }) => usage);
    expect(usages).toEqual(include_usage ? [whole.usage] : []);
  }
});

test('the conversation is what the client sends: nothing is kept, and nothing is left behind', async () => {
  const answer = await openai.chat.completions.create({
    model: MODEL,
    messages: [
      { role: 'developer', content: 'Be kind.' },
      { role: 'user', content: 'My name is Nilufar.' },
      { role: 'assistant', content: 'Hello Nilufar!' },
      { role: 'user', content: [{ type: 'text', text: 'What is my name?' }] },
    ],
  });
  expect(answer.choices[0]?.message.content).toContain('Nilufar');
  const next = await openai.chat.completions.create({ model: MODEL, messages: says('What is my name?') });
  expect(next.choices[0]?.message.content).not.toContain('Nilufar');
  expect((await (await api.get('/sessions')).json()).sessions).toEqual([]);
});

test('an answer that fits a schema, by the helper of the package', async () => {
  const event = z.object({ name: z.string(), guests: z.array(z.string()), online: z.boolean(), count: z.number() });
  const answer = await openai.chat.completions.parse({
    model: MODEL,
    messages: says('Leila and Sam meet on Monday'),
    response_format: zodResponseFormat(event, 'event'),
  });
  expect(event.parse(answer.choices[0]?.message.parsed)).toMatchObject({ online: expect.any(Boolean) });
  const any = await openai.chat.completions.create({
    model: MODEL,
    messages: says('anything'),
    response_format: { type: 'json_object' },
  });
  expect(JSON.parse(any.choices[0]?.message.content ?? '')).toBeTypeOf('object');
});

test('reasoning is told beside the answer', async () => {
  const stream = await openai.chat.completions.create({
    model: 'demo?n=3&reasoning=2',
    messages: says('think'),
    stream: true,
  });
  let thoughts = '';
  let words = '';
  for await (const { choices } of stream) {
    const delta: { content?: string | null; reasoning_content?: string } = choices[0]?.delta ?? {};
    thoughts += delta.reasoning_content ?? '';
    words += delta.content ?? '';
  }
  expect([thoughts.trim(), words.trim()]).toEqual(['r1 r2', 'w1 w2 w3']);
});

test('a session is joined by metadata, or by its id as the user: memory counts, and the turn is kept', async () => {
  const id = await api.newSession();
  await api.say(id, 'My name is Nilufar.');
  const joined = await openai.chat.completions.create({
    model: MODEL,
    messages: says('What is my name?'),
    metadata: { session_id: id },
  });
  expect(joined.choices[0]?.message.content).toContain('Nilufar');
  const stream = await openai.chat.completions.create({
    model: MODEL,
    messages: says('And what is my name again?'),
    user: id,
    stream: true,
  });
  const chunks = await collect(stream);
  expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toContain('Nilufar');

  const { history } = await (await api.get(`/sessions/${id}`)).json();
  expect(history).toHaveLength(6);
  const again = await (await api.get(`/sessions/${id}/stream`)).text();
  expect(again).toContain('"object":"chat.completion.chunk"');
  expect(again.trimEnd().endsWith('data: [DONE]')).toBe(true);
});

test('a client that leaves ends a turn that nobody could read on', async () => {
  const stream = await openai.chat.completions.create({
    model: 'demo?n=400&tps=100',
    messages: says('talk long'),
    stream: true,
  });
  for await (const { choices } of stream) if (choices[0]?.delta.content) break;
  stream.controller.abort();
  await expect
    .poll(async () => (await requests('demo?n=400&tps=100')).at(-1), { timeout: 10_000 })
    .toMatchObject({ state: 'client-closed' });
});

test('a page of a listed origin may send what the package sends', async () => {
  let sent: string[] = [];
  const seen = openaiClient(worker.url, {
    fetch: (url, init) => {
      sent = [...new Headers(init?.headers).keys()];
      return fetch(url, init);
    },
  });
  await seen.chat.completions.create({ model: MODEL, messages: says('hello') });
  const preflight = await fetch(`${worker.url}/v1/chat/completions`, {
    method: 'OPTIONS',
    headers: { origin: 'http://localhost:3000', 'access-control-request-method': 'POST' },
  });
  const allowed = (preflight.headers.get('access-control-allow-headers') ?? '').toLowerCase().split(',');
  const unsafe = sent.filter((name) => !['user-agent', 'content-length'].includes(name));
  expect(unsafe.length).toBeGreaterThan(5);
  expect(unsafe.filter((name) => !allowed.includes(name))).toEqual([]);
});

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** What the model was asked under this name. */
async function requests(model: string): Promise<{ model: string; state: string }[]> {
  const { origin } = new URL(inject('vars')['COMPATIBLE_BASE_URL'] ?? '');
  const all: { model: string; state: string }[] = await (await fetch(`${origin}/requests`)).json();
  return all.filter((request) => request.model === model);
}
