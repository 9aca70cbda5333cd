import { createHash } from 'node:crypto';
import type { ServerAccess } from './server-access.ts';

/** A tool server, as far as logging in to it goes. */
export interface LoginServer {
  readonly name: string;
  readonly url: string;
  readonly auth?: ServerAccess | undefined;
}

/** Where `owner`'s credential for a server is kept. A server that moves to another address does not get what the old one was given. */
export function credentialKey(owner: string, { name, url, auth }: LoginServer): string {
  const place = createHash('sha256').update(url).digest('hex').slice(0, 16);
  return `${auth?.type ?? 'none'}:${owner}:${name}:${place}`;
}
