import type { MiddlewareHandler } from 'hono';
import { clientIdentities } from './client-identities.ts';
import type { AppEnv } from './context.ts';
import { setRateLimitHeaders, tooManyRequests } from './rate-limit-headers.ts';

/** Counts a write that is not a turn; a turn takes its tokens in the same round trip as its begin. */
export const enforceLimits: MiddlewareHandler<AppEnv> = async (c, next) => {
  const decision = await c.get('services').limits.take(clientIdentities(c));
  if (!decision.allowed) return tooManyRequests(c, decision);
  setRateLimitHeaders(c, decision);
  await next();
};
