import { exchangeAuthorization, validateAuthorizationResponseIssuer } from '@modelcontextprotocol/client';
import type { LoginFetch } from './authorization-server.ts';
import { redirectUrl } from './client-identity.ts';
import { LoginFailedError } from './login-errors.ts';
import { oauthLogin, type LoginFlow, type OAuthLogin } from './oauth-login.ts';

/** What a person brings back from the authorization server. Of an error only the code is read: the rest is anybody's text. */
export interface LoginAnswer {
  code: string | undefined;
  iss: string | undefined;
  error: string | undefined;
}

/** Exchanges the answer for tokens. Throws LoginFailedError. */
export async function finishLogin(
  flow: LoginFlow,
  { code, iss, error }: LoginAnswer,
  { fetch, now }: { fetch: LoginFetch; now(): number },
): Promise<OAuthLogin> {
  const { server, client, resource, codeVerifier, origin } = flow;
  try {
    validateAuthorizationResponseIssuer({
      iss,
      expectedIssuer: server.issuer,
      issParameterSupported: server.authorization_response_iss_parameter_supported === true,
    });
  } catch (cause) {
    throw new LoginFailedError('was answered for by another authorization server', cause);
  }
  if (error === 'access_denied') throw new LoginFailedError('was not given access');
  if (error !== undefined || code === undefined) throw new LoginFailedError('did not let you log in');
  try {
    const tokens = await exchangeAuthorization(server.issuer, {
      metadata: server,
      clientInformation: client,
      authorizationCode: code,
      codeVerifier,
      redirectUri: redirectUrl(origin),
      ...(iss !== undefined && { iss }),
      ...(resource !== undefined && { resource }),
      fetchFn: fetch,
    });
    return oauthLogin(flow, tokens, now());
  } catch (cause) {
    throw new LoginFailedError('did not let you log in', cause);
  }
}
