import { AppError } from '../errors.ts';
import type { Caller } from './caller.ts';
import type { Scope } from './scope.ts';

/** Throws AppError `missing_scope`, which names it. */
export function requireScope(caller: Caller, scope: Scope): void {
  if (caller.scopes?.includes(scope)) return;
  throw new AppError('missing_scope', `These credentials lack the scope "${scope}".`, { details: { scope } });
}
