import type { MiddlewareHandler } from 'hono';
import { AppError } from '../../../errors.ts';
import type { AppEnv } from '../../context.ts';

/** Refuses a token header that is no `Bearer `, before anybody is asked about the token. */
export const bearerOnly: MiddlewareHandler<AppEnv> = async (c, next) => {
  const header = c.req.header('authorization') ?? c.req.header('x-freva-user-token');
  if (header !== undefined && !/^Bearer\s/i.test(header)) {
    const message = 'Authorization header is not a Bearer token. Please use the Bearer token format.';
    throw new AppError('validation_error', message);
  }
  await next();
};

/**
 * Clients whose tokens are checked by their own service also say where their threads are kept, as they have to elsewhere; here threads are
 * kept with us, and the address is not used.
 */
export const vaultNamed: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (c.get('caller').kind === 'introspected' && !c.req.header('x-freva-vault-url')?.trim()) {
    const message = 'Vault URL not found. Please provide a non-empty vault URL in the headers, of type String.';
    throw new AppError('validation_error', message);
  }
  await next();
};
