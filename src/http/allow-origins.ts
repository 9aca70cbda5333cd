import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import type { AppEnv } from './context.ts';

const EXPOSED = [
  'X-Request-ID',
  'X-Turn-ID',
  'ETag',
  'X-Vercel-AI-UI-Message-Stream',
  'Retry-After',
  'Server-Timing',
  'WWW-Authenticate',
  'RateLimit',
  'RateLimit-Policy',
  'Mcp-Session-Id',
];
const ALLOWED = [
  'Content-Type',
  'Authorization',
  'Accept',
  'X-API-Key',
  'X-Freva-User-Token',
  'X-Freva-Rest-URL',
  'X-Freva-Vault-URL',
  'X-Freva-Config-Path',
  'X-Freva-Project',
  'Freva-Config',
  'X-Session-ID',
  'X-Request-ID',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Last-Event-ID',
  'Mcp-Protocol-Version',
  'Mcp-Method',
  'Mcp-Name',
  'Mcp-Session-Id',
  // What OpenAI's package sends by itself.
  'OpenAI-Organization',
  'OpenAI-Project',
  'X-Stainless-Arch',
  'X-Stainless-Helper-Method',
  'X-Stainless-Lang',
  'X-Stainless-OS',
  'X-Stainless-Package-Version',
  'X-Stainless-Retry-Count',
  'X-Stainless-Runtime',
  'X-Stainless-Runtime-Version',
  'X-Stainless-Timeout',
];

/** CORS by `CORS_ORIGINS`. Listed origins may send cookies; `*` lets any page read, without cookies. */
export const allowOrigins: MiddlewareHandler<AppEnv> = (c, next) => {
  const { CORS_ORIGINS } = c.get('services').env;
  const anybody = CORS_ORIGINS.includes('*');
  const handler = cors({
    origin: anybody ? '*' : CORS_ORIGINS,
    credentials: !anybody,
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: ALLOWED,
    exposeHeaders: EXPOSED,
    maxAge: 600,
  });
  return handler(c, next);
};
