import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDemonstrationModel, type DemonstrationModel } from '../../local/model/demonstration-model.ts';

let model: DemonstrationModel;
let client: OpenAI;
beforeAll(async () => {
  model = await startDemonstrationModel({ port: 0, host: '127.0.0.1', tokensPerSecond: Infinity });
  client = new OpenAI({ baseURL: model.url, apiKey: 'local', maxRetries: 0 });
});
afterAll(() => model.close());

const PARAMETERS = {
  type: 'object',
  properties: { title: { type: 'string' } },
  required: ['title'],
  additionalProperties: false,
};
async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}
const user = (content: string) => ({ role: 'user' as const, content });

test('the list of models can be read', async () => {
  const ids = (await client.models.list()).data.map(({ id }) => id);
  expect(ids).toEqual(['demo']);
});

describe('chat completions', () => {
  const tools = [{ type: 'function' as const, function: { name: 'tasks__add_task', parameters: PARAMETERS } }];

  test('a whole answer and a streamed one are the same words and the same usage', async () => {
    const request = { model: 'demo', messages: [user('How do tides follow the moon?')] };
    const whole = await client.chat.completions.create(request);
    const stream = client.chat.completions.stream({ ...request, stream_options: { include_usage: true } });
    const streamed = await stream.finalChatCompletion();

    expect(whole.choices[0]?.message.content).toContain('**tides**');
    expect(streamed.choices[0]?.message.content).toBe(whole.choices[0]?.message.content);
    expect(streamed.choices[0]?.finish_reason).toBe('stop');
    expect(streamed.usage).toMatchObject({ ...whole.usage });
    expect(whole.usage?.completion_tokens).toBeGreaterThan(50);
  });

  test('usage is streamed only when it is asked for', async () => {
    const chunks = await collect(
      await client.chat.completions.create({ model: 'demo?n=2', messages: [user('hi')], stream: true }),
    );
    expect(chunks.filter(({ usage }) => usage)).toEqual([]);
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe('w1 w2 ');
  });

  test('tools are called in a stream, and the results are put into words', async () => {
    const messages = [user('Add a task to buy milk, and a task to call Bob')];
    const first = await client.chat.completions.stream({ model: 'demo', messages, tools }).finalMessage();
    const calls = first.tool_calls ?? [];
    const called = calls.map((call) => (call.type === 'function' ? call.function : null));
    expect(called).toMatchObject([
      { name: 'tasks__add_task', arguments: '{"title":"Buy milk"}' },
      { name: 'tasks__add_task', arguments: '{"title":"Call Bob"}' },
    ]);
    expect(new Set(calls.map(({ id }) => id)).size).toBe(2);

    const results = calls.map(({ id }, index) => ({
      role: 'tool' as const,
      tool_call_id: id,
      content: JSON.stringify({ task_id: index + 7, title: index === 0 ? 'Buy milk' : 'Call Bob' }),
    }));
    const second = await client.chat.completions.create({
      model: 'demo',
      messages: [...messages, first, ...results],
      tools,
    });
    expect(second.choices[0]?.message.content).toBe('I added task **7**: Buy milk.\n\nI added task **8**: Call Bob.');
  });

  test.each([
    ['none', []],
    ['auto', []],
    ['required', ['tasks__add_task']],
    [{ type: 'function', function: { name: 'tasks__add_task' } }, ['tasks__add_task']],
  ] as const)('the tool choice %j is obeyed', async (choice, names) => {
    const answer = await client.chat.completions.create({
      model: 'demo',
      messages: [user('hello')],
      tools,
      tool_choice: choice,
    });
    const calls = answer.choices[0]?.message.tool_calls ?? [];
    expect(calls.map((call) => (call.type === 'function' ? call.function.name : ''))).toEqual(names);
  });
});

describe('responses', () => {
  const tools = [{ type: 'function' as const, name: 'add_task', parameters: PARAMETERS, strict: true }];

  test('a whole answer and a streamed one are the same words and the same usage', async () => {
    const request = { model: 'demo', input: 'How do tides follow the moon?' };
    const whole = await client.responses.create(request);
    const streamed = await client.responses.stream(request).finalResponse();
    expect(whole.output_text).toContain('**tides**');
    expect(streamed.output_text).toBe(whole.output_text);
    expect(streamed.usage).toEqual(whole.usage);
  });

  test('the streamed pieces join to the answer', async () => {
    const events = await collect(await client.responses.create({ model: 'demo?n=3', input: 'hi', stream: true }));
    expect(events.map((event) => (event.type === 'response.output_text.delta' ? event.delta : '')).join('')).toBe(
      'w1 w2 w3 ',
    );
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_event, index) => index));
  });

  test('tools are called in a stream, and the results are put into words', async () => {
    const input = [user('Remind me to water the plants')];
    const first = await client.responses.stream({ model: 'demo', input, tools }).finalResponse();
    const call = first.output.find((item) => item.type === 'function_call');
    expect(call).toMatchObject({ name: 'add_task', arguments: '{"title":"Water the plants"}' });
    if (!call) return;

    const result = {
      type: 'function_call_output' as const,
      call_id: call.call_id,
      output: '{"id":3,"title":"Water the plants"}',
    };
    const called = {
      type: 'function_call' as const,
      call_id: call.call_id,
      name: call.name,
      arguments: call.arguments,
    };
    const second = await client.responses.create({ model: 'demo', input: [...input, called, result], tools });
    expect(second.output_text).toBe('I added task **3**: Water the plants.');
  });

  test('instructions are part of what the model read', async () => {
    const { output_text } = await client.responses.create({
      model: 'demo',
      instructions: 'Be brief.',
      input: 'What are your instructions?',
    });
    expect(output_text).toContain('> Be brief.');
  });
});

test('a body that is no request is refused as OpenAI refuses it', async () => {
  const refused = client.chat.completions.create({ model: 'demo', messages: [] });
  await expect(refused).rejects.toMatchObject({ status: 400, type: 'invalid_request_error' });
});

test('an unknown path is not found', async () => {
  const answer = await fetch(`${model.url}/nothing`, { method: 'POST', body: '{}' });
  expect(answer.status).toBe(404);
});
