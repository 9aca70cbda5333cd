import { z } from 'zod';

/** What a connection sets for itself, and what proves somebody's identity to us: no server is sent such a header by name. */
const RESERVED =
  /^(host|connection|cookie|content-.*|transfer-encoding|te|trailer|upgrade|keep-alive|accept(-.*)?|mcp-.*|cf-.*|x-forwarded-.*|x-api-key|x-admin-token|last-event-id)$/;

export const headerName = z
  .string()
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/, 'not the name of a header')
  .transform((name) => name.toLowerCase())
  .refine((name) => !RESERVED.test(name), 'a header that is not for tool servers');

const scopes = z.array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'not a scope')).optional();
/** Of the authorization server that `clientId` is known to: the secret goes to no other. */
const issuer = z.url().optional();

/** How we prove to a server who we are, or who the caller is. */
export const accessSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  /** Each caller stores a secret of their own, which goes into this header. */
  z.strictObject({ type: z.literal('userSecret'), header: headerName, prefix: z.string().max(64).default('') }),
  /** The deployment logs in as itself (OAuth 2.1, client credentials). */
  z
    .strictObject({
      type: z.literal('clientCredentials'),
      clientId: z.string().min(1),
      clientSecret: z.string().min(1).optional(),
      /** In place of a secret: PKCS #8, as PEM, with which every request for a token is signed (RFC 7523). */
      privateKey: z.string().startsWith('-----BEGIN PRIVATE KEY-----', 'not a private key in PEM').optional(),
      algorithm: z.enum(['ES256', 'ES384', 'RS256', 'PS256']).default('ES256'),
      scopes,
      issuer,
    })
    .refine(({ clientSecret, privateKey }) => (clientSecret === undefined) !== (privateKey === undefined), {
      path: ['clientSecret'],
      message: 'is needed, or a privateKey, and not both',
    }),
  /** Each caller logs in (OAuth 2.1 with PKCE). Without `clientId` we introduce ourselves to the authorization server. */
  z
    .strictObject({
      type: z.literal('oauth'),
      clientId: z.string().min(1).optional(),
      clientSecret: z.string().min(1).optional(),
      scopes,
      issuer,
    })
    .refine(({ clientId, clientSecret }) => clientId !== undefined || clientSecret === undefined, {
      path: ['clientId'],
      message: 'is needed beside a clientSecret',
    }),
]);
export type ServerAccess = z.infer<typeof accessSchema>;
export type OAuthAccess = Extract<ServerAccess, { type: 'oauth' }>;
export type ClientCredentialsAccess = Extract<ServerAccess, { type: 'clientCredentials' }>;

/** Headers of a caller's request that are passed on to one server; a short form names an optional one. */
export const forwardedHeadersSchema = z
  .array(
    z.union([
      headerName.transform((name) => ({ name, required: false })),
      z.strictObject({ name: headerName, required: z.boolean().default(false) }),
    ]),
  )
  .max(16)
  .refine(
    (headers) => headers.every(({ name }) => name !== 'authorization'),
    "the caller's own credentials are not passed on",
  );
export type ForwardedHeader = z.infer<typeof forwardedHeadersSchema>[number];
