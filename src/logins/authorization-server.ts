import {
  checkResourceAllowed,
  discoverOAuthServerInfo,
  extractWWWAuthenticateParams,
  resourceUrlFromServerUrl,
} from '@modelcontextprotocol/client';
import { z } from 'zod';
import { LoginFailedError } from './login-errors.ts';

export type LoginFetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

const texts = z.array(z.string());

/** What we use of an authorization server's description of itself (RFC 8414). */
export const authorizationServerSchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  registration_endpoint: z.string().optional(),
  revocation_endpoint: z.string().optional(),
  response_types_supported: texts,
  token_endpoint_auth_methods_supported: texts.optional(),
  code_challenge_methods_supported: texts.optional(),
  scopes_supported: texts.optional(),
  client_id_metadata_document_supported: z.boolean().optional(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
});
export type AuthorizationServer = z.infer<typeof authorizationServerSchema>;

export interface FoundAuthorization {
  server: AuthorizationServer;
  /** Which the tokens are to be for (RFC 8707); undefined when the tool server does not say. */
  resource: string | undefined;
  /** What a login should ask for when nobody says otherwise. */
  scopes: string[];
}

/** Of a refused request (401 or 403): where the tool server says that it is described, and what it wants. */
export interface Challenge {
  resourceMetadataUrl: URL | undefined;
  scopes: string[];
}

export function readChallenge(response: Response): Challenge {
  const { resourceMetadataUrl, scope } = extractWWWAuthenticateParams(response);
  return { resourceMetadataUrl, scopes: scope?.split(/\s+/).filter(Boolean) ?? [] };
}

/**
 * The authorization server of a tool server (RFC 9728; one that does not describe itself is taken to be its own). Every address goes through
 * `fetch`, which refuses those that must not be asked. Throws LoginFailedError.
 */
export async function findAuthorization(
  serverUrl: string,
  fetch: LoginFetch,
  { resourceMetadataUrl, scopes }: Challenge,
): Promise<FoundAuthorization> {
  const options = { fetchFn: fetch, ...(resourceMetadataUrl && { resourceMetadataUrl }) };
  const found = await discoverOAuthServerInfo(serverUrl, options).catch((cause: unknown) => {
    throw new LoginFailedError('does not say properly where to log in', cause);
  });
  const { authorizationServerUrl, authorizationServerMetadata, resourceMetadata } = found;
  const resource = resourceMetadata?.resource;
  const requestedResource = resourceUrlFromServerUrl(serverUrl);
  if (resource !== undefined && !checkResourceAllowed({ requestedResource, configuredResource: resource })) {
    throw new LoginFailedError('describes itself as another server');
  }
  const parsed = authorizationServerSchema.safeParse(
    authorizationServerMetadata ?? withoutMetadata(authorizationServerUrl),
  );
  if (!parsed.success) throw new LoginFailedError('does not say properly where to log in', parsed.error);
  const wanted = scopes.length > 0 ? scopes : (resourceMetadata?.scopes_supported ?? []);
  return { server: parsed.data, resource, scopes: wanted };
}

/** The endpoints that the 2025-03-26 revision gives to a server without metadata. */
function withoutMetadata(authorizationServerUrl: string): AuthorizationServer {
  const endpoint = (path: string) => new URL(path, authorizationServerUrl).href;
  return {
    issuer: authorizationServerUrl,
    authorization_endpoint: endpoint('/authorize'),
    token_endpoint: endpoint('/token'),
    registration_endpoint: endpoint('/register'),
    response_types_supported: ['code'],
  };
}
