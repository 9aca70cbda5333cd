import type { Credentials } from './credentials.ts';
import { LoginFailedError, LoginNeededError } from './login-errors.ts';
import { parseLogin, type OAuthLogin } from './oauth-login.ts';
import type { OAuthAccess } from './server-access.ts';

/**
 * After a request that was refused for want of `scopes`: keeps with the login that the next one asks for them too, and answers what to tell
 * the caller. Where logging in once more would change nothing (they were asked for already, or the deployment has fixed what is asked
 * for), nobody is sent to do it.
 */
export async function wantScopes(
  key: string,
  owner: string,
  access: OAuthAccess,
  scopes: readonly string[],
  credentials: Credentials,
): Promise<LoginFailedError | LoginNeededError> {
  const stored = await credentials.getStored(key);
  const login = stored && parseLogin(stored.text);
  if (!stored || !login) return new LoginNeededError('login');
  const isNew = scopes.some((scope) => !login.asked.includes(scope));
  if (access.scopes !== undefined || !isNew) {
    return new LoginFailedError('wants rights for this that your login does not have');
  }
  const wanted = [...new Set([...(login.wanted ?? []), ...scopes])];
  // When somebody logs in or renews meanwhile, the next refusal says it again.
  await credentials.put(key, owner, JSON.stringify({ ...login, wanted }), stored.version);
  return new LoginNeededError('login');
}

/** What was asked for so far stays, when a login is made again because it was not enough. */
export function scopesOfNextLogin(login: OAuthLogin | null): string[] {
  return login?.wanted ? [...login.asked, ...login.wanted] : [];
}
