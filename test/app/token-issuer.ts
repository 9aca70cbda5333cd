import { createServer, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import { closeServer } from '../../local/close-server.ts';
import { listen } from '../../local/listen.ts';

/** How the issuer answers: as it should, with an error, never, or with something that makes no sense. */
export type IssuerMood = 'well' | 'down' | 'slow' | 'garbage' | 'redirect';

export interface TokenIssuer {
  url: string;
  /** The paths that were asked for, in order. */
  requests: string[];
  setMood(mood: IssuerMood): void;
  /** Signs with another key from now on; the earlier one is no longer published. */
  rotate(): Promise<void>;
  /** Names and tokens of the people whom the REST service knows; a function answers itself. */
  people: Map<string, unknown>;
  token(claims?: JWTPayload, header?: { kid?: string }): Promise<string>;
  /** The published public key as PEM-like text, for whoever wants to use it as a shared secret. */
  publicKeyText(): string;
  close(): Promise<void>;
}

/** Issues tokens and publishes its keys, and is a REST service that knows the holders of other tokens. */
export async function startTokenIssuer(audience = 'edgewise'): Promise<TokenIssuer> {
  const requests: string[] = [];
  const people = new Map<string, unknown>();
  let mood: IssuerMood = 'well';
  let serial = 0;
  let key: { kid: string; privateKey: CryptoKey; jwk: object };

  async function rotate(): Promise<void> {
    serial += 1;
    const kid = `key-${serial}`;
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    key = { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } };
  }
  await rotate();

  const json = (response: ServerResponse, status: number, body: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.push(path);
    if (mood === 'slow') return;
    if (mood === 'down') return void request.socket.resetAndDestroy();
    if (mood === 'garbage') return json(response, 200, '<html>{"keys"');
    if (mood === 'redirect')
      return void response.writeHead(302, { location: `http://${request.headers.host}/jwks` }).end();
    if (path === '/.well-known/openid-configuration')
      return json(response, 200, { issuer: url, jwks_uri: `${url}/jwks` });
    if (path === '/jwks') return json(response, 200, { keys: [key.jwk] });
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    if (path.endsWith('/api/freva-nextgen/auth/v2/systemuser')) {
      if (!people.has(token)) return json(response, 401, { detail: 'no such token' });
      return json(response, 200, people.get(token));
    }
    json(response, 404, {});
  });
  const port = await listen(server, { host: '127.0.0.1', port: 0 }, 'The token issuer');
  const url = `http://127.0.0.1:${port}`;

  return {
    url,
    requests,
    people,
    rotate,
    setMood: (next) => (mood = next),
    token: (claims = {}, header = {}) => {
      const payload = { iss: url, aud: audience, sub: 'alice', exp: Math.floor(Date.now() / 1000) + 600, ...claims };
      return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: key.kid, ...header }).sign(key.privateKey);
    },
    publicKeyText: () => JSON.stringify(key.jwk),
    close: () => closeServer(server),
  };
}
