import type { McpServerConfig } from './mcp-servers.ts';
import type { TurnTools } from './tool-hub.ts';
import { shareOfTools, type LinkedServer } from './turn-tools.ts';

/** The wanted servers whose tools are not, or not all, in the turn, and why. */
export function unavailableServers(
  names: readonly string[] | undefined,
  wanted: readonly McpServerConfig[],
  linked: readonly LinkedServer[],
): TurnTools['unavailable'] {
  const shares = shareOfTools(linked);
  const missing = wanted.flatMap((server) => {
    const index = linked.findIndex((item) => item.server === server);
    const catalogue = linked[index]?.catalogue;
    if (!catalogue) return [{ server: server.name, reason: 'was not asked: the turn was stopped' }];
    if (catalogue.status === 'unavailable') return [{ server: server.name, reason: catalogue.reason }];
    if (catalogue.tools.length === shares[index]) return [];
    return [{ server: server.name, reason: 'has more tools than fit into one turn' }];
  });
  const unknown = (names ?? []).filter((name) => !wanted.some((server) => server.name === name));
  return [...missing, ...unknown.map((server) => ({ server, reason: 'is not configured' }))];
}
