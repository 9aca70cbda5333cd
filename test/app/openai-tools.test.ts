import type OpenAI from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { client } from './client.ts';
import { openaiClient } from './openai-client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let worker: WorkerUnderTest;
let openai: OpenAI;
let api: ReturnType<typeof client>;
const cookie = `edgewise_visitor=${crypto.randomUUID()}`;
const MODEL = 'compatible/demo';

beforeAll(async () => {
  worker = await startWorker();
  api = client(worker.url, { cookie });
  openai = openaiClient(worker.url, { defaultHeaders: { cookie } });
});
afterAll(() => worker.close());

const says = (content: string) => [{ role: 'user' as const, content }];
const timeTool = {
  type: 'function' as const,
  function: {
    name: 'get_time',
    description: 'The time somewhere.',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};
const CALL = 'use the tool get_time with {"city":"Tehran"}';

test('a function of the client is offered, its call comes back, and its result goes on', async () => {
  const first = await openai.chat.completions.create({ model: MODEL, messages: says(CALL), tools: [timeTool] });
  const [choice] = first.choices;
  expect(choice?.finish_reason).toBe('tool_calls');
  expect(choice?.message.content).toBeNull();
  const [call] = choice?.message.tool_calls ?? [];
  expect(call).toMatchObject({ type: 'function', function: { name: 'get_time', arguments: '{"city":"Tehran"}' } });
  if (!choice || !call) return;

  const second = await openai.chat.completions.create({
    model: MODEL,
    tools: [timeTool],
    messages: [
      ...says(CALL),
      choice.message,
      { role: 'tool', tool_call_id: call.id, content: 'It is half past nine in Tehran.' },
    ],
  });
  expect(second.choices[0]).toMatchObject({
    finish_reason: 'stop',
    message: { content: expect.stringContaining('half past nine') },
  });
});

test('parallel calls come back together, streamed as well, and the package runs them to the end', async () => {
  const added: string[] = [];
  const runner = openai.chat.completions.runTools({
    model: MODEL,
    stream: true,
    messages: says('Add a task to buy milk and add a task to call Leila'),
    tools: [
      {
        type: 'function',
        function: {
          name: 'add_task',
          description: 'Adds a task.',
          parameters: { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] },
          parse: JSON.parse,
          function: ({ title }: { title: string }) => {
            added.push(title);
            return JSON.stringify({ id: added.length, title });
          },
        },
      },
    ],
  });
  const final = await runner.finalContent();
  expect(added).toEqual(['Buy milk', 'Call Leila']);
  const calling = runner.messages.find((message) => message.role === 'assistant');
  expect(calling && 'tool_calls' in calling ? calling.tool_calls : []).toHaveLength(2);
  expect(final).toContain('Call Leila');
});

test('our own tools run here, and only their outcome is seen', async () => {
  const answer = await openai.chat.completions.create({
    model: MODEL,
    messages: says('Add a task to water the plants'),
  });
  expect(answer.choices[0]).toMatchObject({
    finish_reason: 'stop',
    message: { content: expect.stringContaining('Water the plants') },
  });
  expect(answer.choices[0]?.message.tool_calls).toBeUndefined();
  const { tasks } = await (await api.get('/tasks')).json();
  expect(tasks.map(({ title }: { title: string }) => title)).toContain('Water the plants');
});

test('who brings functions has those alone, unless servers are named; none can be named too', async () => {
  const tasks = async () => (await (await api.get('/tasks')).json()).tasks.length;
  const before = await tasks();
  const ask = (metadata: Record<string, string>, tools: (typeof timeTool)[]) =>
    openai.chat.completions.create({
      model: MODEL,
      messages: says('Add a task to sweep'),
      metadata,
      ...(tools.length > 0 && { tools }),
    });
  await ask({}, [timeTool]);
  await ask({ mcp_servers: '' }, []);
  expect(await tasks()).toBe(before);
  await ask({ mcp_servers: 'tasks' }, [timeTool]);
  expect(await tasks()).toBe(before + 1);
});
