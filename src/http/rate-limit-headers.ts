import { AppError, memoryUnavailable } from '../errors.ts';
import type { LimitDecision } from '../limits/rate-limits.ts';
import type { AppContext } from './context.ts';
import { shapedError } from './error-shape.ts';

/** The fields of draft-ietf-httpapi-ratelimit-headers, one item a policy. */
export function setRateLimitHeaders(c: AppContext, { policies }: LimitDecision): void {
  if (policies.length === 0) return;
  const policy = policies.map(({ name, quota, windowSeconds }) => `"${name}";q=${quota};w=${windowSeconds}`);
  const state = policies.map(({ name, remaining, resetSeconds }) => `"${name}";r=${remaining};t=${resetSeconds}`);
  c.header('RateLimit-Policy', policy.join(', '));
  c.header('RateLimit', state.join(', '));
}

/**
 * 429 in the flat shape that seed clients read, or that of its door; the wait is in seconds. Throws AppError `memory_unavailable` for a request that was refused
 * because it could not be counted.
 */
export function tooManyRequests(c: AppContext, decision: LimitDecision): Response {
  if (decision.failed) throw memoryUnavailable();
  setRateLimitHeaders(c, decision);
  c.header('Retry-After', String(Math.max(1, Math.ceil(decision.retryAfterSeconds))));
  const error = new AppError('rate_limited', 'Too many requests. Try again in a moment.');
  const shaped = shapedError(c, error);
  if (shaped) return c.json(shaped.body, shaped.status);
  return c.json({ error: 'rate_limited', retry_after: decision.retryAfterSeconds }, error.status);
}
