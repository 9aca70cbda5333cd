import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamResult } from '@ai-sdk/provider';
import { convertAsyncIteratorToReadableStream } from '@ai-sdk/provider-utils';
import type { TurnClock } from '../turn/turn-clock.ts';
import type { CandidateHealth } from './candidate-health.ts';
import { coalesceParts } from './coalesce-parts.ts';
import { judgeFailure } from './judge-failure.ts';
import type { ModelCandidate } from './model-catalogue.ts';
import { openAttempt } from './open-attempt.ts';
import type { ProviderTimeouts } from './provider-timeouts.ts';
import { settleParts } from './settle-parts.ts';

export interface FailoverOptions {
  candidates: readonly [ModelCandidate, ...ModelCandidate[]];
  health: CandidateHealth;
  timeouts: ProviderTimeouts;
  clock: TurnClock;
  /** Small deltas are merged for this long. */
  mergeDeltasMs: number;
  onAnswer(candidateId: string): void;
  onFailure(candidateId: string, error: unknown): void;
}

/**
 * The candidates as one model. A candidate that fails before its first meaningful part is replaced by the next one, and the
 * caller sees nothing of it; after that a failure ends the answer openly. It must sit below `streamText`, whose own
 * timeouts and retries end the whole call. The model that answered once is asked first from then on: signatures and
 * reasoning of one provider mean nothing to another.
 */
export function failoverModel(options: FailoverOptions): LanguageModelV4 {
  const { candidates, health, timeouts, clock } = options;
  let preferred: ModelCandidate = candidates[0];

  async function answer(
    candidate: ModelCandidate,
    call: LanguageModelV4CallOptions,
  ): Promise<LanguageModelV4StreamResult> {
    const { about, parts } = await openAttempt(candidate.languageModel, call, timeouts, clock);
    preferred = candidate;
    options.onAnswer(candidate.id);
    const settled = settleParts(parts, call.abortSignal, (failure) => {
      if (failure) noteFailure(candidate, failure.error);
      else health.succeeded(candidate.id);
    });
    const merged = coalesceParts(settled, options.mergeDeltasMs, clock);
    // The SDK's own converter: the stream is then of the class that the SDK pipes through, whatever the bundler put there.
    return { ...about, stream: convertAsyncIteratorToReadableStream(merged) };
  }

  function noteFailure(candidate: ModelCandidate, error: unknown): boolean {
    const verdict = judgeFailure(error, clock.now());
    health.failed(candidate.id, verdict);
    options.onFailure(candidate.id, error);
    return verdict.tryNext;
  }

  return {
    specificationVersion: 'v4',
    provider: 'failover',
    modelId: candidates.map(({ id }) => id).join(','),
    supportedUrls: candidates[0].languageModel.supportedUrls,
    doGenerate: (call) => preferred.languageModel.doGenerate(call),
    async doStream(call) {
      const order = health.order([preferred, ...candidates.filter((candidate) => candidate !== preferred)]);
      let lastError: unknown;
      for (const candidate of order) {
        try {
          return await answer(candidate, call);
        } catch (error) {
          call.abortSignal?.throwIfAborted();
          lastError = error;
          if (!noteFailure(candidate, error)) break;
        }
      }
      throw lastError;
    },
  };
}
