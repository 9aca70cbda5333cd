import type { Account } from '../budgets/budget.ts';

export interface LimitDecision {
  allowed: boolean;
  /** The request could not be counted: what it was decided by is RATE_LIMIT_ON_FAILURE. */
  failed: boolean;
  /** Seconds until a request would be allowed; 0 when this one is. */
  retryAfterSeconds: number;
  /** Per policy, for the IETF `RateLimit` headers; none where no limit holds. */
  policies: { name: 'ip' | 'key'; quota: number; windowSeconds: number; remaining: number; resetSeconds: number }[];
}

/** A token bucket. */
export interface Rate {
  /** Tokens a second. */
  perSecond: number;
  /** The bucket's size. */
  burst: number;
}

/** Whom a request is counted against. */
export interface LimitIdentities {
  /** The client's address as the platform saw it; undefined for who is counted by its key alone. */
  ip: string | undefined;
  /** The name of a caller that is not anonymous, with limits of its own where it has them. */
  key: { name: string; rate: Rate | undefined } | undefined;
  /** Under which name turns are counted that run at once, and how many there may be; undefined sets no limit. */
  turns?: { name: string; most: number } | undefined;
  /** Who pays for turns; undefined charges nobody. */
  account?: Account | undefined;
}

export interface RateLimits {
  /** Takes one token for every identity, in one round trip, unless the address is on the bypass list. Never rejects. */
  take(identities: LimitIdentities): Promise<LimitDecision>;
}
