import { AppError } from '../errors.ts';
import { KEY_PREFIX } from './api-key.ts';

export type Credential =
  | { kind: 'none' }
  | { kind: 'key'; secret: string }
  /** `restUrl` is where the client says its token can be checked. */
  | { kind: 'bearer'; token: string; restUrl: string | undefined };

/** What a client sends that has to send something and has nothing: the SDKs of model providers cannot do without a key. */
const NO_KEY = 'anonymous';
const BEARER = /^Bearer +([A-Za-z0-9._~+/=-]+) *$/i;

/**
 * The credential in a request's headers: `Authorization`, else `X-API-Key`, else `X-Freva-User-Token`. Throws AppError
 * `invalid_credentials` for one that is in none of the forms that we know.
 */
export function readCredential(headers: Headers): Credential {
  const authorization = headers.get('authorization') ?? headers.get('x-freva-user-token');
  const apiKey = headers.get('x-api-key');
  if (headers.get('authorization') === null && apiKey !== null) return keyOrNone(apiKey.trim());
  if (authorization === null) return { kind: 'none' };
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) {
    throw new AppError('invalid_credentials', 'Send the token as "Authorization: Bearer <token>".');
  }
  if (token === NO_KEY || token.startsWith(KEY_PREFIX)) return keyOrNone(token);
  return { kind: 'bearer', token, restUrl: headers.get('x-freva-rest-url')?.trim() || undefined };
}

function keyOrNone(secret: string): Credential {
  return secret === NO_KEY ? { kind: 'none' } : { kind: 'key', secret };
}
