import type { LoginFetch } from './authorization-server.ts';
import type { OAuthLogin } from './oauth-login.ts';

/** Tells the authorization server that we are done (RFC 7009), where it listens. That it does not is no reason to keep the tokens. */
export async function revokeLogin({ server, client, ...login }: OAuthLogin, fetch: LoginFetch): Promise<void> {
  if (server.revocation_endpoint === undefined) return;
  const body = new URLSearchParams({
    token: login.refreshToken ?? login.accessToken,
    client_id: client.client_id,
    ...(client.client_secret !== undefined && { client_secret: client.client_secret }),
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const response = await fetch(server.revocation_endpoint, { method: 'POST', headers, body });
  await response.body?.cancel();
}
