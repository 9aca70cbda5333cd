import type { Catalogue } from './catalogue.ts';
import type { McpServerConfig } from './mcp-servers.ts';
import { refuseAddress } from './refuse-address.ts';
import { needsHeaders, type ServerEntry } from './server-entry.ts';

/** Why a server is not asked at all, as a catalogue that is never kept: it costs nothing to find out again. Null when it may be asked. */
export function refuseServer(
  server: McpServerConfig,
  { missingHeaders: headers }: ServerEntry,
  options: { development: boolean },
): Catalogue | null {
  const reason = server.builtIn ? null : refuseAddress(new URL(server.url), options);
  const unavailable = { v: 2, status: 'unavailable', expiresAt: 0, fingerprints: {} } as const;
  if (reason !== null) return { ...unavailable, reason };
  if (headers.length === 0) return null;
  return { ...unavailable, reason: needsHeaders(headers), needs: { kind: 'headers', headers } };
}
