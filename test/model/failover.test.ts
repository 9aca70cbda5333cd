import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startDemonstrationModel, type DemonstrationModel } from '../../local/model/demonstration-model.ts';
import { compatibleModels } from '../../src/model/compatible.ts';
import type { ModelCandidate } from '../../src/model/model-catalogue.ts';
import { sdkRunner } from '../../src/model/sdk-runner.ts';
import type { TurnRunner } from '../../src/turn/turn-runner.ts';
import { manualClock } from '../fakes/manual-clock.ts';
import { brief, recordTurn, type RecordedTurn } from './recorded-turn.ts';

const TIMEOUTS = { headersMs: 1000, firstTokenMs: 1000, stallMs: 1000 };
const FAILED = 'error The model provider failed.';

let provider: DemonstrationModel;
let clock = manualClock();
let runner: TurnRunner;
let failedAttempts: string[] = [];

beforeAll(async () => {
  provider = await startDemonstrationModel({ port: 0, host: '127.0.0.1', tokensPerSecond: Infinity });
});
afterAll(() => provider.close());
beforeEach(() => {
  provider.requests.length = 0;
  clock = manualClock();
  failedAttempts = [];
  const onFailedAttempt = (id: string) => failedAttempts.push(id);
  runner = sdkRunner({ timeouts: TIMEOUTS, clock, mergeDeltasMs: 0, onFailedAttempt });
});

function candidate(id: string, model: string, url = provider.url): ModelCandidate {
  return { id, languageModel: compatibleModels({ baseURL: url, apiKey: 'key' })(model) };
}
const fallback = () => candidate('b', 'demo?n=2');

function run(...models: [ModelCandidate, ...ModelCandidate[]]): RecordedTurn {
  return recordTurn(runner, models);
}

/** The models in the order in which they are asked in the next turn. */
async function asked(...models: [ModelCandidate, ...ModelCandidate[]]): Promise<string[]> {
  provider.requests.length = 0;
  await run(...models).outcome;
  return provider.requests.map(({ model }) => model);
}

test('a refused connection alone ends the turn with an error', async () => {
  const turn = run(candidate('a', 'demo', await closedUrl()));
  expect(await turn.outcome).toMatchObject({ status: 'failed', failure: { code: 'provider_error' } });
  expect(turn.chunks.map(brief)).toEqual(['start msg_1', FAILED, 'finish error']);
});

test('a refused connection is made good by the next model', async () => {
  const turn = run(candidate('a', 'demo', await closedUrl()), fallback());
  expect(await turn.outcome).toMatchObject({ status: 'complete', modelId: 'b' });
});

test('a refused prompt is not sent to the next model', async () => {
  const turn = run(candidate('a', 'demo?status=400'), fallback());
  expect(await turn.outcome).toMatchObject({ status: 'failed', failure: { code: 'provider_error' } });
  expect(provider.requests).toHaveLength(1);
});

test('when all fail, each was asked once, and one error is told', async () => {
  const turn = run(
    candidate('a', 'demo?status=500'),
    candidate('b', 'demo?status=503'),
    candidate('c', 'demo?n=1&cut=0'),
  );
  expect(await turn.outcome).toMatchObject({ status: 'failed', modelId: undefined });
  expect(turn.chunks.map(brief)).toEqual(['start msg_1', FAILED, 'finish error']);
  expect(provider.requests.map(({ model }) => model)).toEqual(['demo?status=500', 'demo?status=503', 'demo?n=1&cut=0']);
});

test('a model that asks for two seconds is asked last for two seconds, in other turns too', async () => {
  const limited = candidate('a', 'demo?n=1&status=429&retry-after=2');
  expect(await asked(limited, fallback())).toEqual(['demo?n=1&status=429&retry-after=2', 'demo?n=2']);
  expect(await asked(limited, fallback())).toEqual(['demo?n=2']);
  await clock.pass(2000);
  expect(await asked(limited, fallback())).toEqual(['demo?n=1&status=429&retry-after=2', 'demo?n=2']);
  expect(failedAttempts).toEqual(['a', 'a']);
});

test('a model that is cooling down is still asked when it is the only one', async () => {
  await run(candidate('a', 'demo?status=429&retry-after=60')).outcome;
  const turn = run(candidate('a', 'demo?n=1'));
  expect(await turn.outcome).toMatchObject({ status: 'complete', modelId: 'a' });
});

test('three answers that break off count like three refusals', async () => {
  const breaking = candidate('a', 'demo?n=3&cut=1');
  for (let turns = 0; turns < 3; turns++) await run(breaking, fallback()).outcome;
  expect(await asked(breaking, fallback())).toEqual(['demo?n=2']);
});

test('a turn that is stopped is no failure of its model', async () => {
  const slow = candidate('a', 'demo?n=3&stall=1');
  for (let turns = 0; turns < 3; turns++) {
    const turn = run(slow, fallback());
    await turn.emitted('text-delta w1');
    turn.stop();
    await turn.outcome;
  }
  const silent = run(candidate('a', 'demo?hang=headers'), fallback());
  await vi.waitFor(() => expect(provider.requests).toHaveLength(4));
  silent.stop();
  await silent.outcome;

  expect(failedAttempts).toEqual([]);
  expect(await asked(candidate('a', 'demo?n=1'), fallback())).toEqual(['demo?n=1']);
});

test('after an error the rest of an answer is not waited for: the connection is closed', async () => {
  const turn = run(candidate('a', 'demo?n=999&tps=50&garbage=1'));
  expect(await turn.outcome).toMatchObject({ status: 'failed' });
  await vi.waitFor(() => expect(provider.requests[0]?.state).toBe('client-closed'));
});

async function closedUrl(): Promise<string> {
  const gone = await startDemonstrationModel({ port: 0, host: '127.0.0.1' });
  await gone.close();
  return gone.url;
}
