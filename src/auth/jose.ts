import { createLocalJWKSet, decodeJwt, errors, jwtVerify, type JWTPayload } from 'jose';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { hashText } from './hash-text.ts';
import { ownerNamed } from './caller.ts';
import { DEFAULT_LIMITS, type Identity } from './identity.ts';
import { identityUnavailable, type IssuerKeys, type KeySet } from './issuer-keys.ts';
import { scopesAmong, type Scope } from './scope.ts';

/** Public keys only: with a shared secret, or none, whoever verifies a token could make one. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** How far the clocks of issuer and Worker may be apart. */
const CLOCK_SKEW_SECONDS = 30;
const TOKEN_MAX_CHARACTERS = 16_384;

const words = z.union([z.array(z.string()), z.string().transform((text) => text.split(/[ ,]+/))]);
const scopeClaims = z.object({ scope: words.optional(), scp: words.optional() });

export interface TokenVerifierOptions {
  issuer: string;
  /** Any of them will do. */
  audiences: readonly string[];
  keys: IssuerKeys;
  /** For tokens that state no scopes. */
  defaultScopes: readonly Scope[];
  now(): number;
}

export interface TokenVerifier {
  /** Whether the token claims to be this issuer's; nothing of it has been checked then. */
  claimsToIssue(token: string): boolean;
  /** Throws AppError `invalid_credentials` or, when the issuer's keys cannot be had, `identity_unavailable`. */
  identify(token: string): Promise<Identity>;
}

/** JWTs of one issuer, by its published keys. */
export function joseTokens({ issuer, audiences, keys, defaultScopes, now }: TokenVerifierOptions): TokenVerifier {
  async function verified(token: string, keySet: KeySet): Promise<JWTPayload> {
    const { payload } = await jwtVerify(token, createLocalJWKSet(keySet), {
      issuer,
      audience: [...audiences],
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_SKEW_SECONDS,
      currentDate: new Date(now()),
      requiredClaims: ['exp', 'sub'],
    });
    return payload;
  }

  async function payloadOf(token: string): Promise<JWTPayload> {
    try {
      return await verified(token, await keys.current());
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      const renewed = await keys.renewed();
      if (!renewed) throw error;
      return verified(token, renewed);
    }
  }

  return {
    claimsToIssue(token) {
      try {
        return decodeJwt(token).iss === issuer;
      } catch {
        return false;
      }
    },
    async identify(token) {
      if (token.length > TOKEN_MAX_CHARACTERS) throw refused('is too long');
      const payload = await payloadOf(token).catch((error: unknown) => Promise.reject(translated(error)));
      if (!payload.sub) throw refused('lacks the claim "sub"');
      const owner = ownerNamed('token', await hashText(JSON.stringify([issuer, payload.sub])));
      return { kind: 'token', owner, scopes: scopesOf(payload, defaultScopes), limits: DEFAULT_LIMITS };
    },
  };
}

/** `impersonate` is for keys, which the operator issues; what an issuer puts into its tokens is often up to their holders. */
function scopesOf(payload: JWTPayload, defaultScopes: readonly Scope[]): Scope[] {
  const claims = scopeClaims.safeParse(payload);
  const stated = claims.success ? (claims.data.scope ?? claims.data.scp) : [];
  return scopesAmong(stated ?? defaultScopes).filter((scope) => scope !== 'impersonate');
}

function translated(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof errors.JWTExpired) return refused('has expired');
  if (error instanceof errors.JWTClaimValidationFailed)
    return refused(`has a claim "${error.claim}" that is not accepted`);
  if (error instanceof errors.JWKSNoMatchingKey) return refused('is signed with a key that its issuer does not have');
  if (error instanceof errors.JOSEError) return refused('is not valid');
  // A key that cannot be imported, for example: that is the issuer's fault and not the token's.
  return identityUnavailable(error);
}

function refused(reason: string): AppError {
  return new AppError('invalid_credentials', `The token ${reason}.`);
}
