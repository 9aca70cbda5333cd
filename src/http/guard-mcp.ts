import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './context.ts';
import { limitBody } from './limit-body.ts';
import { RPC_CODE, rpcError } from './rpc-error.ts';

const BODY_MAX_BYTES = 256 * 1024;
const LOOPBACK = /^(localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])$/;

/**
 * What the specification of streamable HTTP asks for against pages that reach into a machine by DNS rebinding: a page must be our own or a
 * listed one, and a Worker on this machine answers to the machine's own names only. In production the platform routes no other host to us.
 */
export const guardMcp: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { env } = c.get('services');
  const { hostname, origin: own } = new URL(c.req.url);
  if (env.ENVIRONMENT === 'development' && !LOOPBACK.test(hostname)) {
    return rpcError(c, 421, RPC_CODE.refused, 'Invalid Host header');
  }
  const origin = c.req.header('origin');
  const isListed = env.CORS_ORIGINS.includes('*') || [own, ...env.CORS_ORIGINS].includes(origin ?? own);
  if (!isListed) return rpcError(c, 403, RPC_CODE.refused, 'Invalid Origin header');
  return limitRpcBody(c, next);
};

const limitRpcBody = limitBody(BODY_MAX_BYTES, (c) =>
  rpcError(c, 413, RPC_CODE.refused, 'The request body is too large.'),
);
