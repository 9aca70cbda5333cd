import type { MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { anonymousOwner } from '../auth/caller.ts';
import { hashText } from '../auth/hash-text.ts';
import type { AppEnv } from './context.ts';

const VISITOR_COOKIE = 'edgewise_visitor';
const VISITOR_FORM = /^[A-Za-z0-9-]{36}$/;
const ONE_YEAR_SECONDS = 365 * 24 * 3600;

/** Every caller is anonymous so far: a random cookie tells one visitor's sessions and tasks from another's. */
export const identifyCaller: MiddlewareHandler<AppEnv> = async (c, next) => {
  const known = getCookie(c, VISITOR_COOKIE);
  const visitor = known && VISITOR_FORM.test(known) ? known : crypto.randomUUID();
  if (visitor !== known) {
    const secure = new URL(c.req.url).protocol === 'https:';
    setCookie(c, VISITOR_COOKIE, visitor, {
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      secure,
      maxAge: ONE_YEAR_SECONDS,
    });
  }
  c.set('caller', { kind: 'anonymous', owner: anonymousOwner(await hashText(visitor)) });
  await next();
};
