import { SCOPES } from '../auth/scope.ts';
import { AppError } from '../errors.ts';
import type { AppContext } from './context.ts';

/** `GET /.well-known/oauth-protected-resource` (RFC 9728): where clients, those of MCP above all, get a token for us. */
export function resourceMetadata(c: AppContext): Response {
  const { JWT_ISSUER: issuer } = c.get('services').env;
  if (issuer === undefined) throw new AppError('http_error', 'Not Found');
  return c.json({
    resource: new URL(c.req.url).origin,
    authorization_servers: [issuer],
    scopes_supported: SCOPES.filter((scope) => scope !== 'impersonate'),
    bearer_methods_supported: ['header'],
    resource_name: 'Edgewise',
  });
}
