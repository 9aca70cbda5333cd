import type { MiddlewareHandler } from 'hono';
import { identifyCredential } from '../auth/identify-credential.ts';
import type { Identity } from '../auth/identity.ts';
import { readCredential } from '../auth/read-credential.ts';
import { requireScope } from '../auth/require-scope.ts';
import type { Scope } from '../auth/scope.ts';
import { AppError } from '../errors.ts';
import type { AppContext, AppEnv } from './context.ts';
import { visitorOf } from './visitor.ts';

/** Finds out who is calling, and lets pass whom `scope` was granted. Credentials that are wrong are refused also where none are needed. */
export function identifyCaller(scope: Scope | ((c: AppContext) => Scope)): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const caller = await c.get('services').meter.measure('auth', () => identityOf(c));
    requireScope(caller, typeof scope === 'function' ? scope(c) : scope);
    c.set('caller', caller);
    await next();
  };
}

function identityOf(c: AppContext): Promise<Identity> {
  const { access, identitySources } = c.get('services');
  const credential = readCredential(c.req.raw.headers);
  if (credential.kind !== 'none') return identifyCredential(identitySources, credential);
  if (access.anonymous) return visitorOf(c, access);
  throw new AppError('unauthorized', 'Send an API key or a token: "Authorization: Bearer <key or token>".');
}
