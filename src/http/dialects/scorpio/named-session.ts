import { AppError } from '../../../errors.ts';
import type { AppContext } from '../../context.ts';

/** Seed 003 names the session in a header, or in the query. Throws AppError `header_required` without one. */
export function namedSession(c: AppContext): string {
  const id = c.req.header('x-session-id') ?? c.req.query('session_id');
  if (!id) throw new AppError('header_required', 'session_id header is required');
  return id;
}
