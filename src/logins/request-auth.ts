import { readChallenge } from './authorization-server.ts';
import type { ClientToken } from './client-token.ts';
import { clientToken } from './client-token.ts';
import { LoginFailedError, LoginNeededError } from './login-errors.ts';
import { credentialKey, type LoginServer } from './login-server.ts';
import { wantScopes } from './missing-scopes.ts';
import { parseLogin, type OAuthLogin } from './oauth-login.ts';
import { isUsable, renewLogin, type RenewOptions } from './renew-login.ts';
import type { ClientCredentialsAccess, OAuthAccess } from './server-access.ts';

/** Lets one turn's requests to one server through as somebody. Both throw LoginNeededError and LoginFailedError. */
export interface RequestAuth {
  /** What every request carries. */
  headers(): Promise<Record<string, string>>;
  /** After a request that was refused (401, or 403 for want of a scope): resolves when it is worth sending again. */
  renew(refused: Response): Promise<void>;
}

export interface AuthOptions extends Omit<RenewOptions, 'credentials'> {
  /** Null when this deployment can keep none. */
  credentials: RenewOptions['credentials'] | null;
  /** The variable that is missing for that. */
  missing: string | null;
  /** This isolate's tokens of the deployment itself, by server. */
  clientTokens: Map<string, ClientToken>;
}

/** Null when the server wants nothing beyond its configured headers. */
export function requestAuth(owner: string, server: LoginServer, options: AuthOptions): RequestAuth | null {
  const { auth } = server;
  if (!auth || auth.type === 'none') return null;
  if (auth.type === 'clientCredentials') return deploymentAuth(server, auth, options);
  const { credentials, missing } = options;
  if (!credentials) return notConfigured(missing);
  const stored = { ...options, credentials };
  if (auth.type === 'oauth') return loginAuth(owner, server, auth, stored);
  return {
    async headers() {
      const secret = await credentials.get(credentialKey(owner, server));
      if (!secret) throw new LoginNeededError('secret');
      return { [auth.header]: auth.prefix + secret.text };
    },
    async renew() {
      throw new LoginFailedError('refused the secret that you stored for it');
    },
  };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

function loginAuth(owner: string, server: LoginServer, access: OAuthAccess, options: RenewOptions): RequestAuth {
  const { credentials, now } = options;
  const key = credentialKey(owner, server);
  let login: OAuthLogin | null = null;

  /** Ends also when the turn does not wait for it: what a rotating refresh token was spent on must not be lost. */
  function renewed(staleToken: string | null): Promise<OAuthLogin> {
    const renewal = renewLogin(key, owner, staleToken, options);
    options.waitUntil(renewal.catch(() => {}));
    return renewal;
  }

  return {
    async headers() {
      if (!login) {
        const found = await credentials.get(key);
        login = found && parseLogin(found.text);
      }
      if (!login) throw new LoginNeededError('login');
      if (!isUsable(login, now())) login = await renewed(login.accessToken);
      return bearer(login.accessToken);
    },
    async renew(refused) {
      // What is missing is a scope: that only the person can give.
      if (refused.status === 403) {
        throw await wantScopes(key, owner, access, readChallenge(refused).scopes, credentials);
      }
      login = await renewed(login?.accessToken ?? null);
    },
  };
}

function deploymentAuth(server: LoginServer, access: ClientCredentialsAccess, options: AuthOptions): RequestAuth {
  const { clientTokens, now } = options;
  const key = credentialKey('deployment', server);
  return {
    async headers() {
      const known = clientTokens.get(key);
      return known && known.expiresAt > now() ? bearer(known.accessToken) : {};
    },
    async renew(refused) {
      if (refused.status === 403) throw new LoginFailedError('gives this deployment too few rights');
      clientTokens.set(key, await clientToken(server, access, readChallenge(refused), options));
    },
  };
}

function notConfigured(missing: string | null): RequestAuth {
  const refuse = async () => {
    throw new LoginFailedError(`cannot be logged in to here: ${missing} is not set`);
  };
  return { headers: refuse, renew: refuse };
}
