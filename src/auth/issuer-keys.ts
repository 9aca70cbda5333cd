import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { FetchJson } from './fetch-json.ts';

/** After this the keys are asked for again. */
const FRESH_MS = 10 * 60_000;
/** While the issuer cannot be reached, keys that are older still do: its tokens are not its own worse for that. */
const USABLE_MS = 60 * 60_000;
/** A token names a key that is not there: either it is forged, or the issuer has changed its keys. It is not asked more often than this. */
const COOL_DOWN_MS = 30_000;
/** How long an issuer that did not answer is left alone. */
const AFTER_FAILURE_MS = 5_000;

const keySetSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) });
export type KeySet = z.infer<typeof keySetSchema>;

const discoverySchema = z.looseObject({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

export interface IssuerKeys {
  /** The issuer's public keys. Throws AppError `identity_unavailable` when there are none to be had. */
  current(): Promise<KeySet>;
  /** The keys as the issuer has them now, for a token that names one that is not among them; null when it was asked a moment ago. */
  renewed(): Promise<KeySet | null>;
}

export interface IssuerKeysOptions {
  issuer: string;
  /** Undefined: discovered from the issuer's metadata. */
  jwksUrl: string | undefined;
  fetchJson: FetchJson;
  now(): number;
  onFailure(cause: unknown): void;
}

/**
 * Keeps an issuer's keys for as long as the isolate lives. It holds no promise between requests: on Workers one request must not wait for
 * the work of another.
 */
export function issuerKeys({ issuer, jwksUrl, fetchJson, now, onFailure }: IssuerKeysOptions): IssuerKeys {
  let kept: { keys: KeySet; at: number } | undefined;
  let failedAt = -Infinity;

  async function ask(): Promise<KeySet> {
    const { status, body } = await fetchJson(jwksUrl ?? (await discover()));
    if (status !== 200) throw new Error(`The issuer's keys were answered with status ${status}.`);
    return keySetSchema.parse(body);
  }

  async function discover(): Promise<string> {
    const { status, body } = await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
    if (status !== 200) throw new Error(`The issuer's metadata was answered with status ${status}.`);
    const metadata = discoverySchema.parse(body);
    if (metadata.issuer !== issuer) throw new Error('The metadata is that of another issuer.');
    return metadata.jwks_uri;
  }

  async function fetched(): Promise<KeySet> {
    if (now() - failedAt < AFTER_FAILURE_MS) throw identityUnavailable();
    try {
      const keys = await ask();
      kept = { keys, at: now() };
      return keys;
    } catch (cause) {
      failedAt = now();
      onFailure(cause);
      throw identityUnavailable(cause);
    }
  }

  return {
    async current() {
      const age = now() - (kept?.at ?? -Infinity);
      if (kept && age < FRESH_MS) return kept.keys;
      const older = kept && age < USABLE_MS ? kept.keys : null;
      try {
        return await fetched();
      } catch (error) {
        if (older) return older;
        throw error;
      }
    },
    renewed: () => (kept && now() - kept.at < COOL_DOWN_MS ? Promise.resolve(null) : fetched()),
  };
}

export function identityUnavailable(cause?: unknown): AppError {
  const message = 'Who you are cannot be checked right now, because the issuer of the token does not answer properly.';
  return new AppError('identity_unavailable', `${message} Try again in a moment.`, { cause });
}
