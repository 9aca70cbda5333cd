import { getCookie, setCookie } from 'hono/cookie';
import { hashText } from '../auth/hash-text.ts';
import type { AppContext } from './context.ts';

const COOKIE = 'edgewise_login';
const FORM = /^[A-Za-z0-9-]{36}$/;
/** As long as a login may take. */
const MAX_AGE_SECONDS = 600;

/** A name for the browser that begins a login, which it keeps in a cookie: whoever comes back with another one has not begun it. */
export async function loginBrowser(c: AppContext): Promise<string> {
  const known = getCookie(c, COOKIE);
  const browser = known && FORM.test(known) ? known : crypto.randomUUID();
  const secure = new URL(c.get('services').origin).protocol === 'https:';
  // A page on another site may begin a login for its visitor; what the cookie is for happens on ours.
  const sameSite = secure ? 'None' : 'Lax';
  setCookie(c, COOKIE, browser, { httpOnly: true, sameSite, path: '/oauth', secure, maxAge: MAX_AGE_SECONDS });
  return hashText(browser);
}

/** Null for one that has begun none. */
export async function knownLoginBrowser(c: AppContext): Promise<string | null> {
  const known = getCookie(c, COOKIE);
  return known && FORM.test(known) ? hashText(known) : null;
}
