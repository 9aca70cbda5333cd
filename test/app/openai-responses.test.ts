import { BadRequestError, type OpenAI } from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
  worker = await startWorker({ COMPATIBLE_MODEL: 'demo,demo?cut=3&n=9' });
  api = client(worker.url, { cookie });
  openai = openaiClient(worker.url, { defaultHeaders: { cookie } });
});
afterAll(() => worker.close());

const getTime: OpenAI.Responses.FunctionTool = {
  type: 'function',
  name: 'get_time',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  strict: false,
};
const CALL = 'use the tool get_time with {"city":"Tehran"}';

test('a whole response, and the same as it is made', async () => {
  const whole = await openai.responses.create({ model: MODEL, input: 'hello there', instructions: 'Be kind.' });
  expect(whole).toMatchObject({ object: 'response', status: 'completed', model: MODEL, instructions: 'Be kind.' });
  expect(whole.output_text).not.toBe('');
  expect(whole.usage?.total_tokens).toBe((whole.usage?.input_tokens ?? 0) + (whole.usage?.output_tokens ?? 0));

  const stream = openai.responses.stream({ model: MODEL, input: 'hello there', instructions: 'Be kind.' });
  const types: string[] = [];
  let text = '';
  for await (const event of stream) {
    types.push(event.type);
    if (event.type === 'response.output_text.delta') text += event.delta;
  }
  const final = await stream.finalResponse();
  expect([text, final.output_text]).toEqual([whole.output_text, whole.output_text]);
  expect(types.slice(0, 4)).toEqual([
    'response.created',
    'response.in_progress',
    'response.output_item.added',
    'response.content_part.added',
  ]);
  expect(types.at(-1)).toBe('response.completed');
});

test('a function of the client: its call comes back, streamed as well, and its result goes on', async () => {
  const first = await openai.responses.create({ model: MODEL, input: CALL, tools: [getTime] });
  const call = first.output.find((item) => item.type === 'function_call');
  expect(call).toMatchObject({ name: 'get_time', arguments: '{"city":"Tehran"}' });
  if (!call) return;
  const stream = openai.responses.stream({ model: MODEL, input: CALL, tools: [getTime] });
  expect((await stream.finalResponse()).output).toMatchObject([{ type: 'function_call', name: 'get_time' }]);

  const second = await openai.responses.create({
    model: MODEL,
    tools: [getTime],
    input: [
      { role: 'user', content: CALL },
      call,
      { type: 'function_call_output', call_id: call.call_id, output: 'It is half past nine.' },
    ],
  });
  expect(second.output_text).toContain('half past nine');
});

test('a tool server of ours is named as a tool', async () => {
  const response = await fetch(`${worker.url}/v1/responses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({
      input: 'Add a task to water the plants',
      tools: [getTime, { type: 'mcp', server_label: 'tasks' }],
    }),
  });
  expect(response.status).toBe(200);
  const { tasks } = await (await api.get('/tasks')).json();
  expect(tasks).toMatchObject([{ title: 'Water the plants' }]);
});

test('an answer that fits a schema', async () => {
  const event = z.object({ name: z.string(), online: z.boolean() });
  const parsed = await openai.responses.parse({
    model: MODEL,
    input: 'Leila meets Sam',
    text: { format: zodTextFormat(event, 'event') },
  });
  expect(event.parse(parsed.output_parsed)).toEqual(parsed.output_parsed);
});

test('a response that was kept in a session is continued; others are not, and say so', async () => {
  const id = await api.newSession();
  const ask = (input: string, more: object) => openai.responses.create({ model: MODEL, input, ...more });
  const first = await ask('My name is Nilufar.', { metadata: { session_id: id } });
  const second = await ask('What is my name?', { previous_response_id: first.id });
  expect(second.output_text).toContain('Nilufar');
  const stateless = await ask('hello', {});
  for (const previous_response_id of [first.id, stateless.id, 'resp_unknown']) {
    const refusal: unknown = await ask('And now?', { previous_response_id }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(BadRequestError);
    expect(refusal).toMatchObject({ param: 'previous_response_id' });
  }
});

test('a provider that breaks off ends the stream with a failure', async () => {
  const stream = await openai.responses.create({ model: 'demo?cut=3&n=9', input: 'hello', stream: true });
  const events: OpenAI.Responses.ResponseStreamEvent[] = [];
  for await (const event of stream) events.push(event);
  expect(events.at(-1)).toMatchObject({ type: 'response.failed', response: { error: { code: 'provider_error' } } });
});
