import type { MiddlewareHandler } from 'hono';
import { isSameSecret } from '../../auth/is-same-secret.ts';
import { AppError } from '../../errors.ts';
import type { AppEnv } from '../context.ts';

/** Lets only the holder of ADMIN_TOKEN pass. */
export const requireAdmin: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { ADMIN_TOKEN } = c.get('services').env;
  if (ADMIN_TOKEN === undefined) {
    throw new AppError('admin_disabled', 'Admin endpoints are unavailable because ADMIN_TOKEN is not configured.');
  }
  const token = c.req.header('x-admin-token');
  if (!token) throw new AppError('missing_admin_token', 'Admin token header is required.');
  if (!isSameSecret(token, ADMIN_TOKEN)) {
    throw new AppError('invalid_admin_token', 'Provided admin token is invalid.');
  }
  // What the group answers is for this token's holder alone, also where a cache stands between.
  c.header('Cache-Control', 'no-store');
  await next();
};
