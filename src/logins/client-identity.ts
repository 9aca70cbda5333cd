import { registerClient, type OAuthClientMetadata } from '@modelcontextprotocol/client';
import { z } from 'zod';
import type { AuthorizationServer, LoginFetch } from './authorization-server.ts';
import type { Credentials } from './credentials.ts';
import { LoginFailedError } from './login-errors.ts';
import type { OAuthAccess } from './server-access.ts';

export const clientSchema = z.object({
  client_id: z.string(),
  client_secret: z.string().optional(),
  client_secret_expires_at: z.number().optional(),
  token_endpoint_auth_method: z.string().optional(),
});
/** Who we are to one authorization server. */
export type Client = z.infer<typeof clientSchema>;

/** Registered clients belong to the deployment, whoever logs in through them. */
const DEPLOYMENT = 'deployment';
/** A registration that is about to lapse would not live through a login. */
const EXPIRY_MARGIN_MS = 15 * 60_000;

export const CALLBACK_PATH = '/oauth/callback';
export const CLIENT_METADATA_PATH = '/oauth/client-metadata.json';

/** Of an Edgewise at `origin`: where an authorization server sends people back to. */
export const redirectUrl = (origin: string): string => origin + CALLBACK_PATH;
/** Where it reads who we are, which is our name to it (client id metadata document). */
export const clientMetadataUrl = (origin: string): string => origin + CLIENT_METADATA_PATH;

export function clientMetadata(origin: string): OAuthClientMetadata {
  return {
    client_name: 'Edgewise',
    client_uri: origin,
    redirect_uris: [redirectUrl(origin)],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    application_type: origin.startsWith('https:') ? 'web' : 'native',
  };
}

export interface IdentityOptions {
  origin: string;
  fetch: LoginFetch;
  credentials: Credentials;
  now(): number;
}

/** As the specification orders it: known beforehand, by our metadata document, registered now. Throws LoginFailedError. */
export async function clientIdentity(
  access: OAuthAccess,
  server: AuthorizationServer,
  scope: string | undefined,
  { origin, fetch, credentials, now }: IdentityOptions,
): Promise<Client> {
  if (access.clientId !== undefined) {
    return { client_id: access.clientId, ...(access.clientSecret && { client_secret: access.clientSecret }) };
  }
  if (server.client_id_metadata_document_supported && origin.startsWith('https:')) {
    return { client_id: clientMetadataUrl(origin) };
  }
  const key = registrationKey(server.issuer, origin);
  const known = parseClient((await credentials.get(key))?.text);
  const expiresAt = (known?.client_secret_expires_at ?? 0) * 1000;
  if (known && (expiresAt === 0 || expiresAt > now() + EXPIRY_MARGIN_MS)) return known;
  if (server.registration_endpoint === undefined) {
    throw new LoginFailedError('wants a client that is registered beforehand: configure its `clientId`');
  }
  try {
    const registered = await registerClient(server.issuer, {
      metadata: server,
      clientMetadata: clientMetadata(origin),
      ...(scope !== undefined && { scope }),
      fetchFn: fetch,
    });
    const client = clientSchema.parse(registered);
    await credentials.put(key, DEPLOYMENT, JSON.stringify(client));
    return client;
  } catch (cause) {
    throw new LoginFailedError('does not let us register with its authorization server', cause);
  }
}

/** The authorization server does not know the client any more: the next login registers anew. */
export async function forgetClient(credentials: Credentials, issuer: string, origin: string): Promise<void> {
  await credentials.remove(registrationKey(issuer, origin));
}

const registrationKey = (issuer: string, origin: string) => `client:${origin}:${issuer}`;

function parseClient(text: string | undefined): Client | null {
  return text === undefined ? null : clientSchema.parse(JSON.parse(text));
}
