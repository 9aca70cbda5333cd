import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../context.ts';
import { assertAdmin } from './assert-admin.ts';

/** Lets only the holder of ADMIN_TOKEN pass. */
export const requireAdmin: MiddlewareHandler<AppEnv> = async (c, next) => {
  assertAdmin(c);
  // What the group answers is for this token's holder alone, also where a cache stands between.
  c.header('Cache-Control', 'no-store');
  await next();
};
