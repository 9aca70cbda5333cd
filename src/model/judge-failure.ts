import { APICallError } from '@ai-sdk/provider';
import type { TurnFailureCode } from '../turn/turn-runner.ts';
import { ProviderTimeoutError } from './provider-errors.ts';
import { retryAfterMs } from './retry-after.ts';

export interface FailureVerdict {
  code: TurnFailureCode;
  /** Whether another model may answer this prompt. */
  tryNext: boolean;
  /** How long this model should be asked last; null leaves that to how often it fails. */
  coolDownMs: number | null;
}

/** A wrong key or an unknown model does not mend itself within a turn. */
const MISCONFIGURED_MS = 5 * 60_000;
const LONGEST_COOL_DOWN_MS = 5 * 60_000;

/** What a provider's failure before its first words means. */
export function judgeFailure(error: unknown, now: number): FailureVerdict {
  if (error instanceof ProviderTimeoutError) return { code: 'provider_timeout', tryNext: true, coolDownMs: null };
  const verdict: FailureVerdict = { code: 'provider_error', tryNext: true, coolDownMs: null };
  if (!APICallError.isInstance(error)) return verdict;

  switch (error.statusCode ?? 0) {
    case 400:
    case 413:
    case 422:
      // The prompt itself is refused, and would be everywhere.
      return { ...verdict, tryNext: false };
    case 401:
    case 403:
    case 404:
      return { ...verdict, coolDownMs: MISCONFIGURED_MS };
    case 408:
    case 504:
      return { ...verdict, code: 'provider_timeout' };
    case 429:
    case 503: {
      const asked = retryAfterMs(error.responseHeaders, now);
      return { ...verdict, coolDownMs: asked === null ? null : Math.min(asked, LONGEST_COOL_DOWN_MS) };
    }
    default:
      return verdict;
  }
}
