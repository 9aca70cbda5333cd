import type { Env } from '../env.ts';
import { AppError } from '../errors.ts';
import type { Secret } from '../secret.ts';
import type { Scope } from './scope.ts';

/** Who may call this deployment without being known. */
export interface Access {
  anonymous: boolean;
  /** What anonymous and introspected callers, and tokens that state no scopes, may do. */
  defaultScopes: readonly Scope[];
  /** Signs the visitor's cookie; null leaves it unsigned. */
  cookieSecret: Secret | null;
}

/** Throws AppError `configuration_error` when nobody at all could call, or a setting lacks the one that belongs to it. */
export function accessOf(env: Env): Access {
  const anonymous = env.ALLOW_ANONYMOUS ?? env.ENVIRONMENT === 'development';
  const keys = env.ADMIN_TOKEN !== undefined && env.DATABASE_URL !== undefined;
  const introspection = env.INTROSPECTION_URL !== undefined || env.INTROSPECTION_HOSTS.length > 0;
  if (!anonymous && !keys && !introspection && env.JWT_ISSUER === undefined) {
    refuse(
      'Nobody may call: set ALLOW_ANONYMOUS to true, or ADMIN_TOKEN with DATABASE_URL (to issue API keys), or JWT_ISSUER with JWT_AUDIENCE, or INTROSPECTION_URL',
    );
  }
  if (env.JWT_ISSUER !== undefined && env.JWT_AUDIENCE.length === 0) refuse('JWT_AUDIENCE: is needed with JWT_ISSUER');
  if (env.JWT_ISSUER === undefined && (env.JWT_AUDIENCE.length > 0 || env.JWT_JWKS_URL !== undefined)) {
    refuse('JWT_ISSUER: is needed with JWT_AUDIENCE and JWT_JWKS_URL');
  }
  for (const name of ['JWT_ISSUER', 'JWT_JWKS_URL', 'INTROSPECTION_URL'] as const) {
    const url = env[name];
    const plain = url !== undefined && new URL(url).protocol !== 'https:';
    if (plain && env.ENVIRONMENT === 'production') refuse(`${name}: must be an https address in production`);
  }
  return { anonymous, defaultScopes: env.DEFAULT_SCOPES, cookieSecret: env.COOKIE_SECRET ?? null };
}

function refuse(problem: string): never {
  throw new AppError('configuration_error', `The deployment is not configured correctly. ${problem}.`);
}
