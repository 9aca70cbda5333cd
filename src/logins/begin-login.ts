import { startAuthorization } from '@modelcontextprotocol/client';
import { findAuthorization, readChallenge, type AuthorizationServer } from './authorization-server.ts';
import { clientIdentity, redirectUrl, type IdentityOptions } from './client-identity.ts';
import { LoginFailedError } from './login-errors.ts';
import type { LoginServer } from './login-server.ts';
import type { LoginFlow } from './oauth-login.ts';
import type { OAuthAccess } from './server-access.ts';

export interface BeginOptions extends IdentityOptions {
  state: string;
  /** What this login has to ask for beside what every login asks for. */
  moreScopes: readonly string[];
  /** Why an address may not be asked, or opened; null when it may. */
  refuseAddress(url: URL): string | null;
}

/** Where a person goes to log in, and what must be known when they come back. Throws LoginFailedError. */
export async function beginLogin(
  server: LoginServer,
  access: OAuthAccess,
  options: BeginOptions,
): Promise<{ url: string; flow: Omit<LoginFlow, 'owner' | 'browser'> }> {
  const { origin, fetch, state } = options;
  const challenge = await challengeOf(server.url, fetch);
  const found = await findAuthorization(server.url, fetch, challenge);
  checkIssuer(access.issuer, found.server);
  const scope = scopeOf(access.scopes ?? [...found.scopes, ...options.moreScopes], found.server);
  const client = await clientIdentity(access, found.server, scope, options);
  const { authorizationUrl, codeVerifier } = await startAuthorization(found.server.issuer, {
    metadata: found.server,
    clientInformation: client,
    redirectUrl: redirectUrl(origin),
    state,
    ...(scope !== undefined && { scope }),
    ...(found.resource !== undefined && { resource: found.resource }),
  }).catch((cause: unknown) => {
    throw new LoginFailedError('has an authorization server that we cannot use', cause);
  });
  if (options.refuseAddress(authorizationUrl) !== null) {
    throw new LoginFailedError('wants people to log in at an address that is not allowed');
  }
  const bound = { server: found.server, client, origin, resource: found.resource, asked: scope?.split(' ') ?? [] };
  return {
    url: authorizationUrl.href,
    flow: { ...bound, serverName: server.name, serverUrl: server.url, codeVerifier },
  };
}

/** A client that was made known to one authorization server is not shown to another, whatever the tool server says. */
export function checkIssuer(expected: string | undefined, { issuer }: AuthorizationServer): void {
  if (expected !== undefined && expected !== issuer) {
    throw new LoginFailedError('names another authorization server than the configured one');
  }
}

/** What the server answers to who does not say who they are: it may name its description and the scopes that it wants. */
async function challengeOf(serverUrl: string, fetch: BeginOptions['fetch']) {
  const nothing = { resourceMetadataUrl: undefined, scopes: [] };
  try {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    const response = await fetch(serverUrl, { method: 'POST', headers, body });
    await response.body?.cancel();
    return response.status === 401 ? readChallenge(response) : nothing;
  } catch {
    // It is asked again for its description, and if it is away that says so.
    return nothing;
  }
}

function scopeOf(scopes: readonly string[], { scopes_supported: supported }: AuthorizationServer): string | undefined {
  if (scopes.length === 0) return undefined;
  // Without it some servers give no refresh token.
  const offline = supported?.includes('offline_access') ? ['offline_access'] : [];
  return [...new Set([...scopes, ...offline])].join(' ');
}
