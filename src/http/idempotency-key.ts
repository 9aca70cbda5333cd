import type { AppContext } from './context.ts';

const IDEMPOTENCY_KEY_MAX = 200;

export function idempotencyKey(c: AppContext): string | undefined {
  return c.req.header('idempotency-key')?.slice(0, IDEMPOTENCY_KEY_MAX);
}
