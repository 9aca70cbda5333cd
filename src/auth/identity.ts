import { NO_ALLOWANCE, type Allowance } from '../budgets/budget.ts';
import type { Caller } from './caller.ts';
import type { Scope } from './scope.ts';

/** What a key may do instead of what the deployment allows everybody; null means the deployment's setting. */
export interface CallerLimits {
  /** Requests a second, and how many may come at once. */
  rate: { perSecond: number; burst: number } | null;
  concurrentTurns: number | null;
  /** What may be spent with the key, beside what its owner may. */
  budget: Allowance;
}

/** A caller whose credential was checked in this request. */
export interface Identity extends Caller {
  readonly scopes: readonly Scope[];
  readonly limits: CallerLimits;
  /** The API key that it came with. */
  readonly keyId?: string;
}

export const DEFAULT_LIMITS: CallerLimits = { rate: null, concurrentTurns: null, budget: NO_ALLOWANCE };
