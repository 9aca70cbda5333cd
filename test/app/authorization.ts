import { createHash, randomUUID } from 'node:crypto';

/** How the authorization server behaves; tests change it as they go. */
export interface AuthorizationSettings {
  /** How long access tokens are good for. */
  tokenSeconds: number;
  /** Reads the client's own description of itself; without it clients register. */
  clientDocuments: boolean;
  /** What it says in answers that it is, when that is not what it is. */
  iss: string | undefined;
  /** Status of every answer of the token endpoint. */
  tokenStatus: number | undefined;
  tokenEndpoint: string | undefined;
  /** Before a refresh is answered: time for others to come. */
  refreshDelayMs: number;
}

interface Grant {
  clientId: string;
  redirectUri: string;
  challenge: string;
  resource: string | null;
  scope: string;
}

/** An authorization server (OAuth 2.1): registration, codes bound to PKCE, rotating refresh tokens that work once. */
export function authorization(origin: () => string) {
  const settings: AuthorizationSettings = {
    tokenSeconds: 3600,
    clientDocuments: false,
    iss: undefined,
    tokenStatus: undefined,
    tokenEndpoint: undefined,
    refreshDelayMs: 0,
  };
  const clients = new Map<string, string[]>();
  const codes = new Map<string, Grant>();
  const accessTokens = new Map<string, number>();
  const refreshTokens = new Set<string>();
  /** What each access token lets its bearer do. */
  const granted = new Map<string, string>();
  /** The scopes that logins asked for, in order. */
  const asked: string[] = [];
  /** Grants that were asked for, in order, with how they went. */
  const grants: string[] = [];
  const revoked: string[] = [];
  const json = (body: unknown, status = 200) => Response.json(body, { status });
  const invalid = (error: string) => json({ error, error_description: 'secret words of the server' }, 400);

  function issue(extra: Record<string, unknown> = {}, scope = ''): Response {
    const [access, refresh] = [`at-${randomUUID()}`, `rt-${randomUUID()}`];
    accessTokens.set(access, Date.now() + settings.tokenSeconds * 1000);
    refreshTokens.add(refresh);
    granted.set(access, scope);
    const tokens = { access_token: access, refresh_token: refresh, token_type: 'Bearer' };
    return json({ ...tokens, expires_in: settings.tokenSeconds, ...extra });
  }

  async function token(request: Request): Promise<Response> {
    const form = new URLSearchParams(await request.text());
    const kind = form.get('grant_type') ?? '';
    const answer = settings.tokenStatus ? json({}, settings.tokenStatus) : await grant(kind, form, request);
    grants.push(`${kind} ${answer.status}`);
    return answer;
  }

  async function grant(kind: string, form: URLSearchParams, request: Request): Promise<Response> {
    if (kind === 'client_credentials') {
      const basic = Buffer.from(request.headers.get('authorization')?.slice(6) ?? '', 'base64').toString();
      return basic === 'machine:machine-secret' ? issue({ refresh_token: undefined }) : invalid('invalid_client');
    }
    if (kind === 'refresh_token') {
      await new Promise((resolve) => setTimeout(resolve, settings.refreshDelayMs));
      return refreshTokens.delete(form.get('refresh_token') ?? '') ? issue() : invalid('invalid_grant');
    }
    const code = form.get('code') ?? '';
    const known = codes.get(code);
    codes.delete(code);
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const fits =
      known?.challenge === verifier &&
      known.clientId === form.get('client_id') &&
      known.redirectUri === form.get('redirect_uri') &&
      known.resource === form.get('resource');
    return fits ? issue({}, known.scope) : invalid('invalid_grant');
  }

  /** What a person does there: allows it, and is sent back. */
  function authorize(query: URLSearchParams): Response {
    const clientId = query.get('client_id') ?? '';
    const redirectUri = query.get('redirect_uri') ?? '';
    const isKnown = settings.clientDocuments
      ? clientId.startsWith('https:')
      : clients.get(clientId)?.includes(redirectUri);
    const challenge = query.get('code_challenge');
    if (!isKnown || !challenge || query.get('code_challenge_method') !== 'S256') return invalid('invalid_request');
    const code = `code-${randomUUID()}`;
    const scope = query.get('scope') ?? '';
    asked.push(scope);
    codes.set(code, { clientId, redirectUri, challenge, resource: query.get('resource'), scope });
    const back = new URL(redirectUri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state') ?? '');
    back.searchParams.set('iss', settings.iss ?? origin());
    return new Response(null, { status: 302, headers: { location: back.href } });
  }

  async function register(request: Request): Promise<Response> {
    const body: { redirect_uris: string[] } = JSON.parse(await request.text());
    const clientId = `client-${randomUUID()}`;
    clients.set(clientId, body.redirect_uris);
    return json({ ...body, client_id: clientId }, 201);
  }

  return {
    settings,
    grants,
    revoked,
    clients,
    asked,
    scopesOf: (token: string) => granted.get(token)?.split(' ') ?? [],
    accepts: (token: string) => (accessTokens.get(token) ?? 0) > Date.now(),
    /** Every token that was given out so far is good for nothing. */
    forgetAll() {
      accessTokens.clear();
      refreshTokens.clear();
    },
    /** Tokens stay good, for nothing in particular. */
    forgetScopes: () => granted.clear(),
    forgetAccessTokens: () => accessTokens.clear(),
    async answer(request: Request): Promise<Response | null> {
      const { pathname, searchParams } = new URL(request.url);
      switch (pathname) {
        case '/.well-known/oauth-authorization-server':
          return json({
            issuer: origin(),
            authorization_endpoint: `${origin()}/authorize`,
            token_endpoint: settings.tokenEndpoint ?? `${origin()}/token`,
            registration_endpoint: `${origin()}/register`,
            revocation_endpoint: `${origin()}/revoke`,
            response_types_supported: ['code'],
            code_challenge_methods_supported: ['S256'],
            client_id_metadata_document_supported: settings.clientDocuments,
            authorization_response_iss_parameter_supported: true,
          });
        case '/authorize':
          return authorize(searchParams);
        case '/register':
          return register(request);
        case '/token':
          return token(request);
        case '/revoke':
          revoked.push(new URLSearchParams(await request.text()).get('token') ?? '');
          return new Response(null, { status: 200 });
        default:
          return null;
      }
    },
  };
}
