import { AppError } from '../errors.ts';
import type { AuthRequired } from './auth-required.ts';
import { needsHeaders } from './server-entry.ts';

/** Why a tool of this name is not there, when its server wants the caller to do something first; null when that is not why. */
export function lockedTool(name: string, required: readonly AuthRequired[]): AppError | null {
  const locked = required
    .filter(({ server }) => name.startsWith(`${server}__`))
    .sort((a, b) => b.server.length - a.server.length)[0];
  if (!locked) return null;
  const { server, kind, url, headers = [] } = locked;
  if (kind === 'headers')
    return new AppError('header_required', `The tool server "${server}" ${needsHeaders(headers)}.`);
  const what = kind === 'login' ? 'needs you to log in' : 'needs you to store your secret for it';
  return new AppError('login_required', `The tool server "${server}" ${what}.`, { details: { server, kind, url } });
}
