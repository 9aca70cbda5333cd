import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { memoryUnavailable } from '../errors.ts';
import { clientIdentities } from './client-identities.ts';
import type { AppEnv } from './context.ts';
import { setRateLimitHeaders } from './rate-limit-headers.ts';
import { RPC_CODE, rpcError } from './rpc-error.ts';

const callSchema = z.object({ method: z.literal('tools/call') });

/** Counts what has an effect at the MCP door, and nothing else. A batch may hold one call, or it would cost one token for many. */
export const limitToolCalls: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (c.req.method !== 'POST') return next();
  const calls = countCalls(await c.req.raw.clone().text());
  if (calls === 0) return next();
  if (calls > 1) return rpcError(c, 400, RPC_CODE.invalidRequest, 'Send one tools/call a request.');

  const decision = await c.get('services').limits.take(clientIdentities(c));
  setRateLimitHeaders(c, decision);
  if (decision.allowed) return next();
  if (decision.failed) return rpcError(c, 503, RPC_CODE.refused, memoryUnavailable().message);
  c.header('Retry-After', String(Math.max(1, Math.ceil(decision.retryAfterSeconds))));
  const data = { retry_after: decision.retryAfterSeconds };
  return rpcError(c, 429, RPC_CODE.refused, 'Too many tool calls. Try again in a moment.', data);
};

function countCalls(body: string): number {
  try {
    const messages: unknown[] = [JSON.parse(body)].flat();
    return messages.filter((message) => callSchema.safeParse(message).success).length;
  } catch {
    // Not JSON: whoever serves the request says so.
    return 0;
  }
}
