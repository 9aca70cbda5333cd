import { OAuthError, OAuthErrorCode, refreshAuthorization } from '@modelcontextprotocol/client';
import type { LoginFetch } from './authorization-server.ts';
import { forgetClient } from './client-identity.ts';
import type { Credential, Credentials } from './credentials.ts';
import { LoginFailedError, LoginNeededError } from './login-errors.ts';
import type { LoginMemory } from './login-memory.ts';
import { oauthLogin, parseLogin, type OAuthLogin } from './oauth-login.ts';

/** Renewed a little before it lapses, so that it does not lapse on its way. */
const EXPIRY_MARGIN_MS = 30_000;
/** How a turn looks whether another one has renewed: ever more rarely, because a crowd may be looking, and not for ever. */
const FIRST_WAIT_MS = 200;
const WAIT_MAX_MS = 1500;
const PATIENCE_MS = 15_000;

export interface RenewOptions {
  credentials: Credentials;
  memory: LoginMemory;
  fetch: LoginFetch;
  newId(): string;
  now(): number;
  wait(ms: number): Promise<void>;
  /** Keeps work alive after the response, as the platform's function of that name. */
  waitUntil(promise: Promise<unknown>): void;
}

export function isUsable({ expiresAt }: OAuthLogin, now: number): boolean {
  return expiresAt === null || expiresAt > now + EXPIRY_MARGIN_MS;
}

/**
 * The login under `key` in place of one whose access token has lapsed or was refused. However many ask, in however many isolates, one of them
 * renews it, and the others take what it got: a refresh token that rotates is used once. Throws LoginNeededError when there is nothing to
 * renew (any more), LoginFailedError when it did not work now.
 */
export async function renewLogin(
  key: string,
  owner: string,
  staleToken: string | null,
  options: RenewOptions,
): Promise<OAuthLogin> {
  const { credentials, memory, newId, now, wait } = options;
  const holder = newId();
  const isNew = (login: OAuthLogin) => login.accessToken !== staleToken && isUsable(login, now());

  const deadline = now() + PATIENCE_MS;
  for (let pause = FIRST_WAIT_MS; now() < deadline; pause = Math.min(2 * pause, WAIT_MAX_MS)) {
    const lock = await memory.lockRenewal(key, holder);
    if (lock === 'failed') throw notNow();
    // Who holds the lock reads what is at rest: copies may lag behind.
    const found = lock === 'held' ? await credentials.getStored(key) : await credentials.get(key);
    const login = found && parseLogin(found.text);
    if (lock === 'held') return finishRenewal(key, owner, holder, found, login, isNew, options);
    if (!login) throw new LoginNeededError('login');
    if (isNew(login)) return login;
    await wait(pause);
  }
  throw notNow();
}

async function finishRenewal(
  key: string,
  owner: string,
  holder: string,
  found: Credential | null,
  login: OAuthLogin | null,
  isNew: (login: OAuthLogin) => boolean,
  options: RenewOptions,
): Promise<OAuthLogin> {
  const { memory } = options;
  let outcome: 'done' | 'failed' = 'done';
  try {
    if (!found || !login) throw new LoginNeededError('login');
    if (isNew(login)) return login;
    return await renew(key, owner, found, login, options);
  } catch (error) {
    if (!(error instanceof LoginNeededError)) outcome = 'failed';
    throw error;
  } finally {
    await memory.endRenewal(key, holder, outcome);
  }
}

async function renew(
  key: string,
  owner: string,
  { version }: Credential,
  login: OAuthLogin,
  { credentials, fetch, now }: RenewOptions,
): Promise<OAuthLogin> {
  const { server, client, resource, refreshToken, scope } = login;
  if (refreshToken === undefined) return drop();
  try {
    const tokens = await refreshAuthorization(server.issuer, {
      metadata: server,
      clientInformation: client,
      refreshToken,
      ...(resource !== undefined && { resource }),
      fetchFn: fetch,
    });
    const renewed = {
      ...oauthLogin(login, { ...tokens, ...(!tokens.scope && scope && { scope }) }, now()),
      wanted: login.wanted,
    };
    if (await credentials.put(key, owner, JSON.stringify(renewed), version)) return renewed;
  } catch (error) {
    if (!(error instanceof OAuthError) || !FINAL.has(error.code)) throw notNow(error);
    if (!GRANT.has(error.code)) await forgetClient(credentials, server.issuer, login.origin);
    return drop();
  }
  // Somebody logged in or out meanwhile: that holds.
  const present = await credentials.getStored(key);
  const theirs = present && parseLogin(present.text);
  if (!theirs) throw new LoginNeededError('login');
  return theirs;

  async function drop(): Promise<never> {
    await credentials.remove(key, version);
    throw new LoginNeededError('login');
  }
}

/** It is the refresh token that is not good any more; otherwise we are not known. */
const GRANT: ReadonlySet<string> = new Set([OAuthErrorCode.InvalidGrant]);

/** The authorization server has spoken: asking again does not help. Anything else may pass. */
const FINAL: ReadonlySet<string> = new Set([...GRANT, OAuthErrorCode.InvalidClient, OAuthErrorCode.UnauthorizedClient]);

function notNow(cause?: unknown): LoginFailedError {
  return new LoginFailedError('could not have your login renewed just now', cause);
}
