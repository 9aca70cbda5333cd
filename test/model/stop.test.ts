import { tool } from 'ai';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { startDemonstrationModel, type DemonstrationModel } from '../../local/model/demonstration-model.ts';
import { compatibleModels } from '../../src/model/compatible.ts';
import type { ModelCandidate } from '../../src/model/model-catalogue.ts';
import { sdkRunner } from '../../src/model/sdk-runner.ts';
import { manualClock } from '../fakes/manual-clock.ts';
import { brief, recordTurn } from './recorded-turn.ts';

const TIMEOUTS = { headersMs: 1000, firstTokenMs: 1000, stallMs: 1000 };
let provider: DemonstrationModel;

beforeAll(async () => {
  provider = await startDemonstrationModel({ port: 0, host: '127.0.0.1', tokensPerSecond: Infinity });
});
afterAll(() => provider.close());
beforeEach(() => void (provider.requests.length = 0));

const runner = () => sdkRunner({ timeouts: TIMEOUTS, clock: manualClock(), mergeDeltasMs: 0 });
const candidate = (model: string): ModelCandidate => ({
  id: model,
  languageModel: compatibleModels({ baseURL: provider.url, apiKey: undefined })(model),
});
const requestArrived = () => vi.waitFor(() => expect(provider.requests).toHaveLength(1));
const requestClosed = () => vi.waitFor(() => expect(provider.requests[0]?.state).toBe('client-closed'));

test('a stop in the middle of the text ends the turn with one abort, and hangs up on the provider', async () => {
  const turn = recordTurn(runner(), [candidate('demo?n=9&stall=2')]);
  await turn.emitted('text-delta w2');
  turn.stop();

  expect(await turn.outcome).toMatchObject({ status: 'aborted', finishReason: undefined, failure: undefined });
  expect(turn.chunks.map(brief)).toEqual([
    'start msg_1',
    'start-step',
    'text-start',
    'text-delta w1',
    'text-delta w2',
    'text-end',
    'abort',
  ]);
  await requestClosed();
});

test.each(['demo?hang=headers', 'demo?hang=first'])('a stop while nothing has come yet: %s', async (model) => {
  const turn = recordTurn(runner(), [candidate(model), candidate('demo?n=2')]);
  await requestArrived();
  turn.stop();

  expect(await turn.outcome).toMatchObject({ status: 'aborted', modelId: undefined });
  expect(turn.chunks.map(brief)).toEqual(['start msg_1', 'abort']);
  await requestClosed();
  expect(provider.requests, 'no fallback is asked').toHaveLength(1);
});

test('a turn that was stopped before it began asks nobody', async () => {
  const turn = recordTurn(runner(), [candidate('demo?n=2')]);
  turn.stop();
  expect(await turn.outcome).toMatchObject({ status: 'aborted' });
  expect(turn.chunks.map(brief)).toEqual(['start msg_1', 'abort']);
});

test('a stop while a tool runs tells the tool, and no further step is made', async () => {
  const started = Promise.withResolvers<AbortSignal | undefined>();
  const wait = tool({
    inputSchema: z.object({}),
    execute(_input, { abortSignal }) {
      started.resolve(abortSignal);
      return new Promise<string>(() => {});
    },
  });
  const turn = recordTurn(runner(), [candidate('demo?call=wait')], { tools: { wait } });
  const signal = await started.promise;
  turn.stop();

  expect(await turn.outcome).toMatchObject({ status: 'aborted' });
  expect(signal?.aborted).toBe(true);
  expect(turn.chunks.map(brief).at(-1)).toBe('abort');
  expect(provider.requests).toHaveLength(1);
});

test('a stop after the last part changes nothing', async () => {
  const turn = recordTurn(runner(), [candidate('demo?n=2')]);
  await turn.emitted('finish stop');
  turn.stop();
  expect(await turn.outcome).toMatchObject({ status: 'complete' });
});
