import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './context.ts';
import { setRateLimitHeaders, tooManyRequests } from './rate-limit-headers.ts';

/** Counts a write that is not a turn; a turn takes its tokens in the same round trip as its begin. */
export const enforceLimits: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { limits, identities } = c.get('services');
  const decision = await limits.take(await identities(c.req.raw));
  if (!decision.allowed) return tooManyRequests(c, decision);
  setRateLimitHeaders(c, decision);
  await next();
};
