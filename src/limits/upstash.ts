import { Ratelimit } from '@upstash/ratelimit';
import type { Redis } from '@upstash/redis/cloudflare';
import type { LimitDecision, RateLimits } from './rate-limits.ts';

/** Longer than the Redis client's own limit on a request, which then decides. */
const TIMEOUT_MS = 2000;

const UNCOUNTED: LimitDecision = { allowed: true, retryAfterSeconds: 0, policies: [] };

export interface UpstashLimitsOptions {
  redis: Redis;
  prefix: string;
  /** RATE_RPS: tokens a second. */
  ratePerSecond: number;
  /** RATE_BURST: the bucket's size. */
  burst: number;
  /** Identities known to be empty-handed until a time; lives as long as the isolate, so that a flood costs no Redis commands. */
  blocked: Map<string, number>;
  now(): number;
}

/** A token bucket per client address and per API key. */
export function upstashLimits({ redis, prefix, ratePerSecond, burst, blocked, now }: UpstashLimitsOptions): RateLimits {
  const refillMs = Math.max(1, Math.round(1000 / ratePerSecond));
  const bucket = Ratelimit.tokenBucket(1, `${refillMs} ms`, burst);
  const limiter = new Ratelimit({ redis, limiter: bucket, prefix, timeout: TIMEOUT_MS, ephemeralCache: blocked });
  const windowSeconds = Math.ceil((burst * refillMs) / 1000);

  async function check(name: 'ip' | 'key', identity: string): Promise<LimitDecision> {
    const result = await limiter.limit(`${name}:${identity}`).catch(() => null);
    // Without Redis there is nothing to count with, and nothing that a request could use up: its own call refuses it.
    if (!result) return UNCOUNTED;
    const waitSeconds = Math.max(0, (result.reset - now()) / 1000);
    return {
      allowed: result.success,
      retryAfterSeconds: result.success ? 0 : Math.max(0.001, waitSeconds),
      policies: [
        {
          name,
          quota: burst,
          windowSeconds,
          remaining: Math.max(0, result.remaining),
          resetSeconds: Math.ceil(waitSeconds),
        },
      ],
    };
  }

  return {
    async take({ ip, key }) {
      const decisions = await Promise.all([check('ip', ip), ...(key === undefined ? [] : [check('key', key)])]);
      return {
        allowed: decisions.every((decision) => decision.allowed),
        retryAfterSeconds: Math.max(...decisions.map((decision) => decision.retryAfterSeconds)),
        policies: decisions.flatMap((decision) => decision.policies),
      };
    },
  };
}
