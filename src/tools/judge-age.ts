import type { Catalogue } from './catalogue.ts';
import { STALE_AVAILABLE_MS, STALE_UNAVAILABLE_MS } from './tool-limits.ts';

/**
 * `fresh` is good as it is; `stale` is good enough for this turn, and listed anew for the next; `old` tells no more than nothing does.
 * A catalogue that was found to be wrong expires at 0, and is old at once.
 */
export function judgeAge(catalogue: Catalogue | null, now: number): 'fresh' | 'stale' | 'old' {
  if (!catalogue) return 'old';
  if (catalogue.expiresAt > now) return 'fresh';
  const staleMs = catalogue.status === 'available' ? STALE_AVAILABLE_MS : STALE_UNAVAILABLE_MS;
  return catalogue.expiresAt + staleMs > now ? 'stale' : 'old';
}
