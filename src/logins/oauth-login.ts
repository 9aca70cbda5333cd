import type { OAuthTokens } from '@modelcontextprotocol/client';
import { z } from 'zod';
import { authorizationServerSchema } from './authorization-server.ts';
import { clientSchema } from './client-identity.ts';

/** All that is needed to renew the tokens without asking anybody anything first. */
const boundSchema = z.object({
  server: authorizationServerSchema,
  client: clientSchema,
  /** Where we were reached, and with that the redirect address. */
  origin: z.string(),
  resource: z.string().optional(),
  /** The scopes that the login asked for. */
  asked: z.array(z.string()).default([]),
});

/** A login that has begun: kept under its state until the person comes back. */
export const loginFlowSchema = boundSchema.extend({
  owner: z.string(),
  /** Hash of the cookie that the browser got which began it. */
  browser: z.string().nullable(),
  serverName: z.string(),
  serverUrl: z.string(),
  codeVerifier: z.string(),
});
export type LoginFlow = z.infer<typeof loginFlowSchema>;

/** A caller's login at rest. */
export const oauthLoginSchema = boundSchema.extend({
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  scope: z.string().optional(),
  /** ms; null when the server does not say. */
  expiresAt: z.number().nullable(),
  /** Scopes that a request turned out to need since: the next login asks for them too. */
  wanted: z.array(z.string()).optional(),
});
export type OAuthLogin = z.infer<typeof oauthLoginSchema>;

export function oauthLogin(bound: z.infer<typeof boundSchema>, tokens: OAuthTokens, now: number): OAuthLogin {
  return {
    server: bound.server,
    client: bound.client,
    origin: bound.origin,
    resource: bound.resource,
    asked: bound.asked,
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    scope: tokens.scope,
    expiresAt: tokens.expires_in === undefined ? null : now + tokens.expires_in * 1000,
  };
}

/** Null when it is none that this version can use. */
export function parseLogin(text: string): OAuthLogin | null {
  const result = oauthLoginSchema.safeParse(JSON.parse(text));
  return result.success ? result.data : null;
}
