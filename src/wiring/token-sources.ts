import { accessOf, type Access } from '../auth/access.ts';
import { fetchJson } from '../auth/fetch-json.ts';
import { introspection } from '../auth/introspection.ts';
import type { IdentitySources } from '../auth/identify-credential.ts';
import { issuerKeys } from '../auth/issuer-keys.ts';
import { joseTokens } from '../auth/jose.ts';
import type { Env } from '../env.ts';
import type { Log } from '../observe/log.ts';

/** Somebody waits for the answer to a turn meanwhile. */
const ISSUER_TIMEOUT_MS = 3_000;

/** The ways to be known that need neither Redis nor Postgres: made once an isolate, because they remember what issuers said. */
export type TokenSources = Pick<IdentitySources, 'tokens' | 'introspection'> & { access: Access };

export function tokenSources(env: Env, log: Log, now: () => number): TokenSources {
  const access = accessOf(env);
  const askIssuer = fetchJson((input, init) => fetch(input, init), ISSUER_TIMEOUT_MS);
  const { JWT_ISSUER: issuer, JWT_JWKS_URL: jwksUrl, INTROSPECTION_URL: url, INTROSPECTION_HOSTS: hosts } = env;
  const onFailure = (cause: unknown) => log('warn', 'issuer_failed', { issuer }, cause);
  const introspects = url !== undefined || hosts.length > 0;
  return {
    access,
    tokens:
      issuer === undefined
        ? null
        : joseTokens({
            issuer,
            audiences: env.JWT_AUDIENCE,
            keys: issuerKeys({ issuer, jwksUrl, fetchJson: askIssuer, now, onFailure }),
            defaultScopes: access.defaultScopes,
            now,
          }),
    introspection: introspects
      ? introspection({
          url,
          hosts,
          development: env.ENVIRONMENT === 'development',
          scopes: access.defaultScopes,
          remembered: new Map(),
          fetchJson: askIssuer,
          now,
        })
      : null,
  };
}
