import { z } from 'zod';
import { AppError } from '../errors.ts';
import { ownerNamed } from './caller.ts';
import type { FetchJson, JsonAnswer } from './fetch-json.ts';
import { hashText } from './hash-text.ts';
import { DEFAULT_LIMITS, type Identity } from './identity.ts';
import type { Scope } from './scope.ts';

const SYSTEM_USER_PATH = '/api/freva-nextgen/auth/v2/systemuser';
const REMEMBERED_MS = 60_000;
const REMEMBERED_MAX = 5_000;
const DETAIL_MAX_CHARACTERS = 200;

export type RememberedTokens = Map<string, { identity: Identity; until: number }>;

export interface IntrospectionOptions {
  /** Where tokens are checked when the client names no address. */
  url: string | undefined;
  /** The hosts (with the port where it is not the usual one) that a client may name. */
  hosts: readonly string[];
  /** Plain http is allowed. */
  development: boolean;
  scopes: readonly Scope[];
  /** By a hash of token and address; lives as long as the isolate. */
  remembered: RememberedTokens;
  fetchJson: FetchJson;
  now(): number;
}

export interface Introspection {
  /**
   * Asks the token's own service who holds it. Throws AppError `introspection_refused` for an address that is missing or not allowed,
   * `invalid_credentials`, `identity_unavailable` or `identity_malformed`.
   */
  identify(token: string, restUrl: string | undefined): Promise<Identity>;
}

const answerSchema = z.looseObject({ pw_name: z.string().min(1).optional(), detail: z.unknown().optional() });

export function introspection(options: IntrospectionOptions): Introspection {
  const { remembered, fetchJson, now } = options;
  return {
    async identify(token, restUrl) {
      const address = checkAddress(restUrl ?? options.url, options);
      const known = await hashText(JSON.stringify([address, token]));
      const found = remembered.get(known);
      if (found && found.until > now()) return found.identity;

      const name = nameIn(await ask(fetchJson, address, token));
      const owner = ownerNamed('introspected', await hashText(JSON.stringify([address, name])));
      const identity: Identity = { kind: 'introspected', owner, scopes: options.scopes, limits: DEFAULT_LIMITS };
      if (remembered.size >= REMEMBERED_MAX) remembered.clear();
      remembered.set(known, { identity, until: now() + REMEMBERED_MS });
      return identity;
    },
  };
}

/** Clients name the service by its root, by its API or by the whole path. A token goes to no host that is not listed. */
function checkAddress(text: string | undefined, { url: own, hosts, development }: IntrospectionOptions): string {
  if (text === undefined) {
    const message = 'Authentication not successful! RestURL not found. Please use the nginx proxy. (rest)';
    throw new AppError('introspection_refused', message);
  }
  const url = URL.canParse(text) ? new URL(text) : null;
  const ownHost = own === undefined ? [] : [new URL(own).host];
  const secure = url?.protocol === 'https:' || (development && url?.protocol === 'http:');
  if (!url || !secure || url.username || url.password || ![...ownHost, ...hosts].includes(url.host)) {
    throw new AppError('introspection_refused', 'Tokens are not checked at this address.');
  }
  const root = url.pathname.replace(/\/+$/, '').replace(/\/api\/freva-nextgen(\/auth\/v2\/systemuser)?$/, '');
  return url.origin + root + SYSTEM_USER_PATH;
}

async function ask(fetchJson: FetchJson, address: string, token: string): Promise<JsonAnswer> {
  try {
    return await fetchJson(address, { authorization: `Bearer ${token}` });
  } catch (cause) {
    const message = 'Error sending token check request, is the URL correct?';
    throw new AppError('identity_unavailable', message, { cause });
  }
}

/** The words are those that clients of this service know. */
function nameIn({ status, body }: JsonAnswer): string {
  if (status >= 500) throw new AppError('identity_unavailable', 'The token check service does not work right now.');
  if (status < 200 || status >= 300) {
    throw new AppError('invalid_credentials', 'Token check failed, the token is likely not valid (anymore).');
  }
  const answer = answerSchema.safeParse(body);
  if (body === undefined) throw malformed('not valid JSON');
  if (!answer.success) throw malformed('no username found');
  const { pw_name: name, detail } = answer.data;
  if (name !== undefined) return name;
  if (typeof detail !== 'string') throw malformed('no username found');
  throw new AppError('invalid_credentials', `Token check failed: ${detail.slice(0, DETAIL_MAX_CHARACTERS)}`);
}

function malformed(what: string): AppError {
  return new AppError('identity_malformed', `Token check response is malformed, ${what}.`);
}
