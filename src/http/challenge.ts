import type { AppError } from '../errors.ts';
import type { AppContext } from './context.ts';

/** `WWW-Authenticate` (RFC 6750, RFC 9728) on the refusals that concern credentials: it tells a client how to get better ones. */
export function setChallenge(c: AppContext, { code, details }: AppError): void {
  const challenge = challengeOf(code, details);
  if (challenge === null) return;
  const metadata = `resource_metadata="${new URL('/.well-known/oauth-protected-resource', c.req.url).href}"`;
  const issuer = c.get('services').env.JWT_ISSUER;
  c.header('WWW-Authenticate', ['Bearer realm="edgewise"', ...challenge, ...(issuer ? [metadata] : [])].join(', '));
}

function challengeOf(code: AppError['code'], details: AppError['details']): string[] | null {
  switch (code) {
    case 'unauthorized':
      return [];
    case 'invalid_credentials':
      return ['error="invalid_token"'];
    case 'missing_scope':
      return ['error="insufficient_scope"', `scope="${String(details?.['scope'])}"`];
    default:
      return null;
  }
}
