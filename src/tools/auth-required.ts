import type { Catalogue } from './catalogue.ts';
import type { McpServerConfig } from './mcp-servers.ts';
import type { LinkedServer } from './tool-sources.ts';

/** What a caller has to do before a server can be used for them. */
export interface AuthRequired {
  server: string;
  /** `login`: open `url`. `secret`: store one with PUT at `url`. `headers`: send these with the request. */
  kind: 'login' | 'secret' | 'headers';
  url?: string;
  headers?: string[];
}

export interface LoginAddresses {
  /** Where this Edgewise is reached; '' where that is not known, which leaves addresses relative. */
  origin: string;
}

export function authRequired(
  { name }: McpServerConfig,
  needs: NonNullable<Extract<Catalogue, { status: 'unavailable' }>['needs']>,
  { origin }: LoginAddresses,
): AuthRequired {
  switch (needs.kind) {
    case 'login':
      return { server: name, kind: 'login', url: `${origin}/oauth/login/${name}` };
    case 'secret':
      return { server: name, kind: 'secret', url: `${origin}/tools/servers/${name}/secret` };
    case 'headers':
      return { server: name, kind: 'headers', headers: needs.headers };
  }
  return needs satisfies never;
}

/** Of the servers that are not there for that reason. */
export function allAuthRequired(linked: readonly LinkedServer[], addresses: LoginAddresses): AuthRequired[] {
  return linked.flatMap(({ server, catalogue }) =>
    catalogue.status === 'unavailable' && catalogue.needs ? [authRequired(server, catalogue.needs, addresses)] : [],
  );
}
