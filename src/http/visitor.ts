import { getCookie, getSignedCookie, setCookie, setSignedCookie } from 'hono/cookie';
import type { Access } from '../auth/access.ts';
import { ownerNamed } from '../auth/caller.ts';
import { hashText } from '../auth/hash-text.ts';
import { DEFAULT_LIMITS, type Identity } from '../auth/identity.ts';
import type { Secret } from '../secret.ts';
import type { AppContext } from './context.ts';

const VISITOR_COOKIE = 'edgewise_visitor';
const VISITOR_FORM = /^[A-Za-z0-9-]{36}$/;
const ONE_YEAR_SECONDS = 365 * 24 * 3600;

/** An anonymous caller: a random cookie, signed where there is a secret, tells one visitor's sessions and tasks from another's. */
export async function visitorOf(c: AppContext, { defaultScopes, cookieSecret }: Access): Promise<Identity> {
  const known = cookieSecret
    ? await getSignedCookie(c, cookieSecret.reveal(), VISITOR_COOKIE)
    : getCookie(c, VISITOR_COOKIE);
  const visitor = known && VISITOR_FORM.test(known) ? known : crypto.randomUUID();
  if (visitor !== known) await giveCookie(c, visitor, cookieSecret);
  const owner = ownerNamed('anonymous', await hashText(visitor));
  return { kind: 'anonymous', owner, scopes: defaultScopes, limits: DEFAULT_LIMITS };
}

async function giveCookie(c: AppContext, visitor: string, cookieSecret: Secret | null): Promise<void> {
  const secure = new URL(c.req.url).protocol === 'https:';
  const options = { httpOnly: true, sameSite: 'Lax', path: '/', secure, maxAge: ONE_YEAR_SECONDS } as const;
  if (cookieSecret) await setSignedCookie(c, VISITOR_COOKIE, visitor, cookieSecret.reveal(), options);
  else setCookie(c, VISITOR_COOKIE, visitor, options);
}
