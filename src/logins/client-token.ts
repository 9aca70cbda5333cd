import { createPrivateKeyJwtAuth, fetchToken, type OAuthClientProvider } from '@modelcontextprotocol/client';
import { findAuthorization, type Challenge, type LoginFetch } from './authorization-server.ts';
import { checkIssuer } from './begin-login.ts';
import { LoginFailedError } from './login-errors.ts';
import type { LoginServer } from './login-server.ts';
import type { ClientCredentialsAccess } from './server-access.ts';

export interface ClientToken {
  accessToken: string;
  /** ms */
  expiresAt: number;
}

/** A token whose server does not say how long it is good for. */
const DEFAULT_SECONDS = 300;

/** A token for the deployment itself (client credentials). Throws LoginFailedError. */
export async function clientToken(
  server: LoginServer,
  access: ClientCredentialsAccess,
  challenge: Challenge,
  { fetch, now }: { fetch: LoginFetch; now(): number },
): Promise<ClientToken> {
  const found = await findAuthorization(server.url, fetch, challenge);
  checkIssuer(access.issuer, found.server);
  const scopes = access.scopes ?? found.scopes;
  try {
    const tokens = await fetchToken(deploymentProvider(access), found.server.issuer, {
      metadata: found.server,
      ...(scopes.length > 0 && { scope: scopes.join(' ') }),
      ...(found.resource !== undefined && { resource: new URL(found.resource) }),
      fetchFn: fetch,
    });
    return { accessToken: tokens.access_token, expiresAt: now() + (tokens.expires_in ?? DEFAULT_SECONDS) * 1000 };
  } catch (cause) {
    throw new LoginFailedError('does not let this deployment log in', cause);
  }
}

/** The SDK asks a provider for what it needs of one; nobody is redirected, and nothing is kept by it. */
function deploymentProvider(access: ClientCredentialsAccess): OAuthClientProvider {
  const { clientId, clientSecret, privateKey, algorithm } = access;
  const never = () => {
    throw new Error('Nobody logs in here.');
  };
  return {
    redirectUrl: undefined,
    clientMetadata: { client_name: 'Edgewise', redirect_uris: [], grant_types: ['client_credentials'] },
    clientInformation: () => ({
      client_id: clientId,
      ...(clientSecret !== undefined && { client_secret: clientSecret }),
    }),
    ...(privateKey !== undefined && {
      addClientAuthentication: createPrivateKeyJwtAuth({
        issuer: clientId,
        subject: clientId,
        privateKey,
        alg: algorithm,
      }),
    }),
    tokens: () => undefined,
    saveTokens: never,
    redirectToAuthorization: never,
    saveCodeVerifier: never,
    codeVerifier: never,
    prepareTokenRequest: (scope) =>
      new URLSearchParams({ grant_type: 'client_credentials', ...(scope !== undefined && { scope }) }),
  };
}
