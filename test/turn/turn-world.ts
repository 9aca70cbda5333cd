import { upstashOutbox } from '../../src/archive/outbox-upstash.ts';
import type { ModelCandidate } from '../../src/model/model-catalogue.ts';
import { requestMeter } from '../../src/observe/request-meter.ts';
import type { TurnTools } from '../../src/tools/tool-hub.ts';
import type { TurnPolicy } from '../../src/turn/turn-request.ts';
import type { TurnServices } from '../../src/turn/turn-services.ts';
import { manualClock } from '../fakes/manual-clock.ts';
import { beginning, journalUnderTest, newSession } from '../journal/journal-under-test.ts';
import { scriptedRunner } from './scripted-runner.ts';

/** A turn's world: a real journal, a clock that the test moves, a runner that the test scripts. */
export async function turnWorld(turnTools: Partial<TurnTools> = {}) {
  const clock = manualClock(Date.now());
  const redis = await journalUnderTest({ now: clock.now });
  const runner = scriptedRunner();
  const services: TurnServices = {
    journal: redis.journal,
    runner,
    budgets: { priceOf: () => null, outputTokens: 1000, promptBytes: 0, reservePrices: () => ({}) },
    ledger: redis.ledger,
    clock,
    archive: null,
    outbox: upstashOutbox(redis),
    reopen: () => Promise.resolve(false),
    attachedOf: () => (references) => Promise.resolve(references.map(() => ({ kind: 'gone' as const }))),
    memories: null,
    titles: { write: () => Promise.resolve(null), keep: () => Promise.resolve() },
    log: () => undefined,
    meter: requestMeter(clock.now),
    startTrace: null,
    waitUntil: () => undefined,
    tools: {
      serverNames: () => [],
      turnKeys: () => [],
      readCatalogues: () => Promise.resolve([]),
      endSessions: () => Promise.resolve(),
      missingHeaders: () => null,
      forget: async () => {},
      remoteServers: () => [],
      open: () => Promise.reject(new Error('A turn opens no directory.')),
      prepare: () =>
        Promise.resolve({
          tools: {},
          unavailable: [],
          authRequired: [],
          changed: [],
          isRepeatable: () => false,
          needsApproval: () => false,
          waiting: new Set(),
          answer: () => Promise.reject(new Error('Nothing was asked.')),
          close: () => Promise.resolve(),
          ...turnTools,
        }),
    },
  };
  const policy: TurnPolicy = {
    maxSteps: 5,
    totalTimeoutMs: 300_000,
    afterDepartureMs: 25_000,
    questionTtlMs: 60_000,
    systemPrompt: undefined,
    memoryTokens: 32_000,
    promptsOf: () => null,
    chooseModels: () => [candidate('test/model'), candidate('test/other')],
  };
  return {
    ...redis,
    clock,
    runner,
    services,
    policy,
    /** A session with a turn that has begun. */
    async begin(turnId: string) {
      const id = crypto.randomUUID();
      await redis.sessions().create(newSession(id));
      const begun = await redis.journal.begin(beginning(id, turnId));
      if (begun.kind !== 'begun') throw new Error(begun.kind);
      return begun;
    },
  };
}

/** Only its id is looked at: the scripted runner asks no model. */
function candidate(id: string): ModelCandidate {
  return { id, languageModel: {} as ModelCandidate['languageModel'] };
}
