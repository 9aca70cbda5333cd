import { Ratelimit } from '@upstash/ratelimit';
import type { Redis } from '@upstash/redis/cloudflare';
import { countedAddress } from './counted-address.ts';
import type { BypassList } from './bypass-list.ts';
import type { LimitDecision, Rate, RateLimits } from './rate-limits.ts';

/** Longer than the Redis client's own limit on a request, which then decides. */
const TIMEOUT_MS = 2000;
/** Beyond this the isolate asks Redis again instead of remembering. */
const BLOCKED_MAX = 10_000;

export interface UpstashLimitsOptions {
  redis: Redis;
  prefix: string;
  bypass: Pick<BypassList, 'has'>;
  /** RATE_RPS and RATE_BURST. */
  rate: Rate;
  /** RATE_LIMIT_ON_FAILURE: whether a request is let through that cannot be counted. */
  onFailure: 'open' | 'closed';
  /** Identities known to be empty-handed until a time; lives as long as the isolate, so that a flood costs no Redis commands. */
  blocked: Map<string, number>;
  now(): number;
}

/** A token bucket per client address and per API key. */
export function upstashLimits(options: UpstashLimitsOptions): RateLimits {
  const { redis, prefix, bypass, onFailure, blocked, now } = options;
  const unlimited: LimitDecision = { allowed: true, failed: false, retryAfterSeconds: 0, policies: [] };
  const uncounted: LimitDecision = { ...unlimited, failed: true, allowed: onFailure === 'open', retryAfterSeconds: 1 };

  async function check(name: 'ip' | 'key', identity: string, { perSecond, burst }: Rate): Promise<LimitDecision> {
    const refillMs = Math.max(1, Math.round(1000 / perSecond));
    const limiter = new Ratelimit({
      redis,
      limiter: Ratelimit.tokenBucket(1, `${refillMs} ms`, burst),
      prefix,
      timeout: TIMEOUT_MS,
      ephemeralCache: blocked,
    });
    const result = await limiter.limit(`${name}:${identity}`).catch(() => null);
    if (!result || result.reason === 'timeout') return uncounted;
    const waitSeconds = Math.max(0, (result.reset - now()) / 1000);
    return {
      allowed: result.success,
      failed: false,
      retryAfterSeconds: result.success ? 0 : Math.max(0.001, waitSeconds),
      policies: [
        {
          name,
          quota: burst,
          windowSeconds: Math.ceil((burst * refillMs) / 1000),
          remaining: Math.max(0, result.remaining),
          resetSeconds: Math.ceil(waitSeconds),
        },
      ],
    };
  }

  return {
    async take({ ip, key }) {
      if (blocked.size > BLOCKED_MAX) blocked.clear();
      const decisions = await Promise.all([
        ...(ip === undefined ? [] : [check('ip', countedAddress(ip), options.rate)]),
        ...(key === undefined ? [] : [check('key', key.name, key.rate ?? options.rate)]),
      ]);
      const allowed = decisions.every((decision) => decision.allowed);
      // Asked only of who is refused: the many who are not cost no command.
      if (!allowed && ip !== undefined && (await bypass.has(ip))) return unlimited;
      return {
        allowed,
        failed: decisions.some((decision) => decision.failed),
        retryAfterSeconds: Math.max(0, ...decisions.map((decision) => decision.retryAfterSeconds)),
        policies: decisions.flatMap((decision) => decision.policies),
      };
    },
  };
}
