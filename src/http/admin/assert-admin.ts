import { isSameSecret } from '../../auth/is-same-secret.ts';
import { AppError } from '../../errors.ts';
import type { AppContext } from '../context.ts';

/** Throws AppError `admin_disabled`, `missing_admin_token` or `invalid_admin_token` unless the request has ADMIN_TOKEN. */
export function assertAdmin(c: AppContext): void {
  const { ADMIN_TOKEN } = c.get('services').env;
  if (ADMIN_TOKEN === undefined) {
    throw new AppError('admin_disabled', 'Admin endpoints are unavailable because ADMIN_TOKEN is not configured.');
  }
  const token = c.req.header('x-admin-token');
  if (!token) throw new AppError('missing_admin_token', 'Admin token header is required.');
  if (!isSameSecret(token, ADMIN_TOKEN.reveal())) {
    throw new AppError('invalid_admin_token', 'Provided admin token is invalid.');
  }
}
