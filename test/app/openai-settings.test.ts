import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openaiClient } from './openai-client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

/** A name that no other test asks the model by. */
const MODEL = 'demo?of=openai-settings';
const PICTURE = 'data:image/png;base64,iVBORw0KGgo=';

let worker: WorkerUnderTest;
beforeAll(async () => {
  worker = await startWorker({ COMPATIBLE_MODEL: MODEL, COMPATIBLE_MEDIA: 'image' });
});
afterAll(() => worker.close());

/** What the model was sent last. */
async function seen(): Promise<Record<string, unknown>> {
  const { origin } = new URL(inject('vars')['COMPATIBLE_BASE_URL'] ?? '');
  const all: { model: string; body: Record<string, unknown> }[] = await (await fetch(`${origin}/requests`)).json();
  return all.findLast(({ model }) => model === MODEL)?.body ?? {};
}

test('settings, instructions and pictures of a request reach the model', async () => {
  await openaiClient(worker.url).chat.completions.create({
    model: MODEL,
    temperature: 0.2,
    top_p: 0.9,
    max_completion_tokens: 77,
    stop: 'END',
    seed: 42,
    presence_penalty: 0.5,
    frequency_penalty: -0.5,
    n: 1,
    metadata: { mcp_servers: '' },
    messages: [
      { role: 'system', content: 'Be kind.' },
      { role: 'developer', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image_url', image_url: { url: PICTURE } },
        ],
      },
    ],
  });
  const body = await seen();
  expect(body).toMatchObject({
    temperature: 0.2,
    top_p: 0.9,
    max_tokens: 77,
    stop: ['END'],
    seed: 42,
    presence_penalty: 0.5,
    frequency_penalty: -0.5,
    messages: [
      { role: 'system', content: 'Be kind.\n\nBe brief.' },
      { role: 'user', content: [{ type: 'text' }, { type: 'image_url', image_url: { url: PICTURE } }] },
    ],
  });
  expect(body['tools']).toBeUndefined();
});

test('the schema of an answer, and the results of functions, reach the model as they were sent', async () => {
  const schema = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };
  const call = { id: 'call_1', type: 'function' as const, function: { name: 'look', arguments: '{"at":"sky"}' } };
  await openaiClient(worker.url).chat.completions.create({
    model: MODEL,
    response_format: { type: 'json_schema', json_schema: { name: 'person', schema } },
    tools: [{ type: 'function', function: { name: 'look', parameters: { type: 'object', properties: {} } } }],
    messages: [
      { role: 'user', content: 'Look up' },
      { role: 'assistant', content: 'I look.', tool_calls: [call] },
      { role: 'tool', tool_call_id: 'call_1', content: 'blue' },
    ],
  });
  expect(await seen()).toMatchObject({
    response_format: { type: 'json_schema', json_schema: { name: 'person', schema } },
    tools: [{ type: 'function', function: { name: 'look' } }],
    messages: [
      { role: 'user', content: 'Look up' },
      { role: 'assistant', content: 'I look.', tool_calls: [call] },
      { role: 'tool', tool_call_id: 'call_1', content: 'blue' },
    ],
  });
});
