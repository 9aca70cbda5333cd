import { AppError } from '../errors.ts';
import { isKeyForm, type ApiKey, type ApiKeys } from './api-key.ts';
import { ownerNamed } from './caller.ts';
import { hashSecret } from './hash-secret.ts';
import type { Identity } from './identity.ts';
import type { Introspection } from './introspection.ts';
import type { TokenVerifier } from './jose.ts';
import type { Credential } from './read-credential.ts';

/** Who can tell who is calling; null for a way that the deployment does not offer. */
export interface IdentitySources {
  keys: ApiKeys | null;
  tokens: TokenVerifier | null;
  introspection: Introspection | null;
  now(): number;
}

/**
 * Who holds this credential. Which source is asked follows from the credential's form alone, and no source is asked because another one has
 * refused. Throws AppError `invalid_credentials`, or another one when a source cannot tell.
 */
export function identifyCredential(
  sources: IdentitySources,
  credential: Exclude<Credential, { kind: 'none' }>,
): Promise<Identity> {
  const { tokens, introspection } = sources;
  if (credential.kind === 'key') return identifyKey(sources, credential.secret);
  const { token, restUrl } = credential;
  const forTokens = !introspection || (restUrl === undefined && tokens?.claimsToIssue(token));
  if (tokens && forTokens) return tokens.identify(token);
  if (introspection) return introspection.identify(token, restUrl);
  return Promise.reject(new AppError('invalid_credentials', 'The token is not valid here.'));
}

async function identifyKey({ keys, now }: IdentitySources, secret: string): Promise<Identity> {
  // What is not in the form of a key is not looked up anywhere.
  const key = keys && isKeyForm(secret) ? await keys.find(hashSecret(secret)) : null;
  if (!key) throw new AppError('invalid_credentials', 'The API key is not valid.');
  if (key.expiresAt !== null && key.expiresAt <= now()) {
    throw new AppError('invalid_credentials', 'The API key has expired.');
  }
  return identityOf(key);
}

function identityOf({ id, owner, scopes, limits }: ApiKey): Identity {
  return { kind: 'key', owner: ownerNamed('key', owner), scopes, limits, keyId: id };
}
