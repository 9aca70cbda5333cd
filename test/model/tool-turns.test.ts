import { tool, type ToolSet } from 'ai';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startDemonstrationModel, type DemonstrationModel } from '../../local/model/demonstration-model.ts';
import { AppError } from '../../src/errors.ts';
import { compatibleModels } from '../../src/model/compatible.ts';
import { openaiModels } from '../../src/model/openai.ts';
import { sdkRunner } from '../../src/model/sdk-runner.ts';
import { manualClock } from '../fakes/manual-clock.ts';
import { brief, recordTurn, textOf } from './recorded-turn.ts';

let provider: DemonstrationModel;
beforeAll(async () => {
  provider = await startDemonstrationModel({ port: 0, host: '127.0.0.1', tokensPerSecond: Infinity });
});
afterAll(() => provider.close());
beforeEach(() => void (provider.requests.length = 0));

type Settings = Omit<NonNullable<Parameters<typeof recordTurn>[2]>, 'tools'>;

async function ask(text: string, tools: ToolSet, settings: Settings & { model?: string; vendor?: 'openai' } = {}) {
  const { model = 'demo', vendor, ...changes } = settings;
  const make = vendor === 'openai' ? openaiModels : compatibleModels;
  const languageModel = make({ baseURL: provider.url, apiKey: 'key' })(model);
  const timeouts = { headersMs: 1000, firstTokenMs: 1000, stallMs: 1000 };
  const runner = sdkRunner({ timeouts, clock: manualClock(), mergeDeltasMs: 0 });
  const turn = recordTurn(runner, [{ id: 'demo', languageModel }], { text, tools, ...changes });
  const outcome = await turn.outcome;
  const lines = turn.chunks.map(brief).filter((line) => !/^(text-|tool-input-(start|delta))/.test(line));
  return { outcome, lines, text: textOf(turn.chunks), chunks: turn.chunks };
}

const addTask = () => {
  let id = 0;
  return tool({
    inputSchema: z.object({ title: z.string() }),
    execute: ({ title }) => ({ task_id: ++id, title }),
  });
};
const throwing = (error: unknown) =>
  tool({
    inputSchema: z.object({}),
    execute: (): string => {
      throw error;
    },
  });

describe.each(['compatible', 'openai'] as const)('%s', (vendor) => {
  test('tools are called, and the answer tells what they gave', async () => {
    const { lines, outcome, text } = await ask(
      'Add a task to buy milk and a task to call Bob',
      { add_task: addTask() },
      vendor === 'openai' ? { vendor } : {},
    );
    expect(lines).toEqual([
      'start msg_1',
      'start-step',
      'tool-input-available add_task {"title":"Buy milk"}',
      'tool-input-available add_task {"title":"Call Bob"}',
      'tool-output-available {"task_id":1,"title":"Buy milk"}',
      'tool-output-available {"task_id":2,"title":"Call Bob"}',
      'finish-step',
      'start-step',
      'finish-step',
      'finish stop',
    ]);
    expect(text).toBe('I added task **1**: Buy milk.\n\nI added task **2**: Call Bob.');
    expect(outcome.status).toBe('complete');
  });
});

test('the usage is that of all steps', async () => {
  const { outcome } = await ask('Add a task to buy milk', { add_task: addTask() });
  const { usage } = outcome;
  // Two pieces of arguments in the first step, six words in the second.
  expect(usage?.outputTokens).toBe(8);
  expect(usage?.totalTokens).toBe((usage?.inputTokens ?? 0) + 8);
});

test('what a tool throws stays inside: neither the client nor the model reads it', async () => {
  const { lines, chunks } = await ask('use the tool boom with {}', { boom: throwing(new Error('secret password')) });
  expect(lines).toContain('tool-output-error The tool failed.');
  expect(JSON.stringify(chunks)).not.toContain('secret');
  expect(JSON.stringify(provider.requests)).not.toContain('secret');
});

test('a tool that fails while it streams its outputs says no more than one that throws', async () => {
  const boom = tool({
    inputSchema: z.object({}),
    async *execute() {
      yield 'half';
      throw new Error('secret password');
    },
  });
  const { lines } = await ask('use the tool boom with {}', { boom });
  expect(lines).toContain('tool-output-available "half"');
  expect(lines).toContain('tool-output-error The tool failed.');
});

test("a refusal that is meant for the client keeps its words, for the model's ears too", async () => {
  const refusal = new AppError('task_not_found', 'There is no task 7.');
  const { lines, text } = await ask('use the tool boom with {}', { boom: throwing(refusal) });
  expect(lines).toContain('tool-output-error There is no task 7.');
  expect(text).toContain('There is no task 7.');
});

test('a tool that nobody offers does not tell the client which ones there are', async () => {
  const { lines, chunks, outcome } = await ask('hi', { hidden: addTask() }, { model: 'demo?call=nope' });
  expect(lines).toContain('tool-input-error The model asked for a tool that does not exist.');
  expect(JSON.stringify(chunks)).not.toContain('hidden');
  expect(outcome.status).toBe('complete');
});

test('input that a tool does not accept is told without its schema', async () => {
  const { lines } = await ask('hi', { add_task: addTask() }, { model: 'demo?call=add_task&with={"secret":1}' });
  expect(lines).toContain('tool-input-error The model called the tool with input that it does not accept.');
});

test('a provider that fails in a later step ends the turn with an error, the finished step stays', async () => {
  const { lines, outcome } = await ask(
    'Add a task to buy milk',
    { add_task: addTask() },
    { model: 'demo?after=1&status=500' },
  );
  expect(lines).toEqual([
    'start msg_1',
    'start-step',
    'tool-input-available add_task {"title":"Buy milk"}',
    'tool-output-available {"task_id":1,"title":"Buy milk"}',
    'finish-step',
    'error The model provider failed.',
    'finish error',
  ]);
  expect(outcome).toMatchObject({ status: 'failed', modelId: 'demo', usage: { outputTokens: 2 } });
});

test('the step limit ends a turn properly, even when the model wanted more', async () => {
  const { lines, outcome } = await ask('Add a task to buy milk', { add_task: addTask() }, { maxSteps: 1 });
  expect(lines.slice(-3)).toEqual([
    'tool-output-available {"task_id":1,"title":"Buy milk"}',
    'finish-step',
    'finish tool-calls',
  ]);
  expect(outcome).toMatchObject({ status: 'complete', finishReason: 'tool-calls' });
  expect(provider.requests).toHaveLength(1);
});

test('a call that only the client can carry out ends the turn, and waits', async () => {
  const { lines, outcome } = await ask('use the tool pick with {}', { pick: tool({ inputSchema: z.object({}) }) });
  expect(lines.slice(2)).toEqual(['tool-input-available pick {}', 'finish-step', 'finish tool-calls']);
  expect(outcome.status).toBe('complete');
});

test('a forced tool is called once, and then the model may answer', async () => {
  const { lines } = await ask('hello', { add_task: addTask() }, { toolChoice: 'required' });
  expect(lines.filter((line) => line.startsWith('tool-input-available'))).toEqual([
    'tool-input-available add_task {"title":"hello"}',
  ]);
  expect(lines.at(-1)).toBe('finish stop');
  expect(provider.requests.map(({ body }) => body)).toMatchObject([
    { tool_choice: 'required' },
    { tool_choice: 'auto' },
  ]);
});

test('tools that are forbidden stay so', async () => {
  const { lines } = await ask('add a task to buy milk', { add_task: addTask() }, { toolChoice: 'none' });
  expect(lines).toEqual(['start msg_1', 'start-step', 'finish-step', 'finish stop']);
});

test('a tool turn stays with the model that began it, though an earlier one is well again', async () => {
  const url = { baseURL: provider.url, apiKey: 'key' };
  const timeouts = { headersMs: 1000, firstTokenMs: 1000, stallMs: 1000 };
  const turn = recordTurn(
    sdkRunner({ timeouts, clock: manualClock() }),
    [
      { id: 'a', languageModel: compatibleModels(url)('demo?status=500&times=1') },
      { id: 'b', languageModel: compatibleModels(url)('demo') },
    ],
    { text: 'Add a task to buy milk', tools: { add_task: addTask() } },
  );
  expect(await turn.outcome).toMatchObject({ status: 'complete', modelId: 'b' });
  expect(provider.requests.map(({ model }) => model)).toEqual(['demo?status=500&times=1', 'demo', 'demo']);
});
