import { wrapLanguageModel } from 'ai';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startDemonstrationModel, type DemonstrationModel } from '../../local/model/demonstration-model.ts';
import { compatibleModels } from '../../src/model/compatible.ts';
import type { ModelCandidate } from '../../src/model/model-catalogue.ts';
import { openaiModels } from '../../src/model/openai.ts';
import { sdkRunner } from '../../src/model/sdk-runner.ts';
import { manualClock } from '../fakes/manual-clock.ts';
import { brief, briefly, recordTurn, type RecordedTurn } from './recorded-turn.ts';

const TIMEOUTS = { headersMs: 1000, firstTokenMs: 2000, stallMs: 3000 };
const FAILED = 'error The model provider failed.';
const LATE = 'error The model provider did not answer in time.';

let provider: DemonstrationModel;
let clock = manualClock();
/** Resolves when the first candidate's headers have come. */
let headersCame = Promise.withResolvers<void>();

beforeAll(async () => {
  provider = await startDemonstrationModel({ port: 0, host: '127.0.0.1', tokensPerSecond: Infinity });
});
afterAll(() => provider.close());
beforeEach(() => {
  provider.requests.length = 0;
  clock = manualClock();
  headersCame = Promise.withResolvers();
});

type Vendor = typeof compatibleModels | typeof openaiModels;

function candidate(id: string, model: string, vendor: Vendor = compatibleModels): ModelCandidate {
  const inner = vendor({ baseURL: provider.url, apiKey: 'key' })(model);
  const languageModel = wrapLanguageModel({
    model: inner,
    middleware: {
      async wrapStream({ doStream }) {
        const result = await doStream();
        headersCame.resolve();
        return result;
      },
    },
  });
  return { id, languageModel };
}

const fallback = () => candidate('b', 'demo?n=2');

function run(...models: [ModelCandidate, ...ModelCandidate[]]): RecordedTurn {
  return recordTurn(sdkRunner({ timeouts: TIMEOUTS, clock, mergeDeltasMs: 0 }), models);
}

const firstRequest = () => vi.waitFor(() => expect(provider.requests.length).toBeGreaterThan(0));

interface Fault {
  name: string;
  model: string;
  /** What must have happened before time passes; without it no time passes. */
  late?: { after: (turn: RecordedTurn) => Promise<unknown>; ms: number };
}

const BEFORE_THE_FIRST_WORD: Fault[] = [
  { name: 'status 500', model: 'demo?status=500' },
  { name: 'status 429', model: 'demo?status=429&retry-after=2' },
  { name: 'status 401', model: 'demo?status=401' },
  { name: 'a socket that dies', model: 'demo?n=3&cut=0' },
  { name: 'an error event', model: 'demo?n=3&error=0' },
  { name: 'a truncated stream', model: 'demo?n=3&truncate=0' },
  { name: 'garbage', model: 'demo?n=3&garbage=0' },
  { name: 'no headers', model: 'demo?hang=headers', late: { after: firstRequest, ms: TIMEOUTS.headersMs } },
];

const NO_FIRST_WORD: Fault = {
  name: 'no first word',
  model: 'demo?hang=first',
  late: { after: () => headersCame.promise, ms: TIMEOUTS.firstTokenMs },
};
/** The SDK hands a stream of responses over only with its first event, so the wait for it counts as one for headers. */
const NO_FIRST_EVENT: Fault = { ...NO_FIRST_WORD, late: { after: firstRequest, ms: TIMEOUTS.headersMs } };

const AFTER_SOME_WORDS: Fault[] = [
  { name: 'a socket that dies', model: 'demo?n=9&cut=2' },
  { name: 'an error event', model: 'demo?n=9&error=2' },
  { name: 'a truncated stream', model: 'demo?n=9&truncate=2' },
  { name: 'garbage', model: 'demo?n=9&garbage=2' },
  {
    name: 'a stall',
    model: 'demo?n=9&stall=2',
    late: { after: (turn) => turn.emitted('text-delta w1 w2'), ms: TIMEOUTS.stallMs },
  },
];

async function finished(turn: RecordedTurn, { late }: Fault) {
  if (late) {
    await late.after(turn);
    await clock.pass(late.ms);
  }
  return turn.outcome;
}

describe.each([
  ['chat completions', compatibleModels, [...BEFORE_THE_FIRST_WORD, NO_FIRST_WORD]],
  ['responses', openaiModels, [...BEFORE_THE_FIRST_WORD, NO_FIRST_EVENT]],
])('%s, before the first word', (_name, vendor, faults) => {
  test.each(faults)('$name alone ends the turn with an error', async (fault) => {
    const turn = run(candidate('a', fault.model, vendor));
    const outcome = await finished(turn, fault);

    expect(turn.chunks.map(brief)).toEqual(['start msg_1', fault.late ? LATE : FAILED, 'finish error']);
    expect(outcome).toMatchObject({ status: 'failed', finishReason: 'error', usage: undefined, modelId: undefined });
    expect(outcome.failure?.code).toBe(fault.late ? 'provider_timeout' : 'provider_error');
  });

  test.each(faults)('$name is made good by the next model, and nobody sees it', async (fault) => {
    const turn = run(candidate('a', fault.model, vendor), fallback());
    const outcome = await finished(turn, fault);

    expect(briefly(turn.chunks)).toEqual([
      'start msg_1',
      'start-step',
      'text-start',
      'text-delta w1 w2',
      'text-end',
      'finish-step',
      'finish stop',
    ]);
    expect(outcome).toMatchObject({ status: 'complete', finishReason: 'stop', modelId: 'b', failure: undefined });
    expect(outcome.usage).toMatchObject({ outputTokens: 2 });
  });
});

describe.each([
  ['chat completions', compatibleModels],
  ['responses', openaiModels],
])('%s, after some words', (_name, vendor) => {
  const variants = AFTER_SOME_WORDS.flatMap((fault) => [
    { ...fault, company: 'alone', others: () => [] },
    { ...fault, company: 'with a fallback', others: () => [fallback()] },
  ]);

  test.each(variants)('$name ends the turn openly, $company', async ({ others, ...fault }) => {
    const turn = run(candidate('a', fault.model, vendor), ...others());
    const outcome = await finished(turn, fault);

    expect(briefly(turn.chunks)).toEqual([
      'start msg_1',
      'start-step',
      'text-start',
      'text-delta w1 w2',
      'text-end',
      fault.late ? LATE : FAILED,
      'finish-step',
      'finish error',
    ]);
    expect(outcome).toMatchObject({ status: 'failed', finishReason: 'error', modelId: 'a' });
    expect(provider.requests).toHaveLength(1);
  });
});

test.each([...BEFORE_THE_FIRST_WORD, NO_FIRST_WORD, ...AFTER_SOME_WORDS].filter(({ late }) => late))(
  'the connection is closed when the provider is given up: $name',
  async (fault) => {
    await finished(run(candidate('a', fault.model)), fault);
    await vi.waitFor(() => expect(provider.requests[0]?.state).toBe('client-closed'));
  },
);
