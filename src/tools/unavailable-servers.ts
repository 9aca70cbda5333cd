import type { McpServerConfig } from './mcp-servers.ts';
import type { TurnTools } from './tool-hub.ts';
import type { LinkedServer } from './tool-sources.ts';

/** The wanted servers whose tools are not, or not all, there, and why. `shares`: how many tools of each linked server are. */
export function unavailableServers(
  names: readonly string[] | undefined,
  wanted: readonly McpServerConfig[],
  linked: readonly LinkedServer[],
  shares: readonly number[],
): TurnTools['unavailable'] {
  const missing = wanted.flatMap((server) => {
    const index = linked.findIndex((item) => item.server === server);
    const catalogue = linked[index]?.catalogue;
    if (!catalogue) return [{ server: server.name, reason: 'was not asked: the turn was stopped' }];
    if (catalogue.status === 'unavailable') return [{ server: server.name, reason: catalogue.reason }];
    if (catalogue.tools.length <= (shares[index] ?? 0)) return [];
    return [{ server: server.name, reason: 'has more tools than fit into one turn' }];
  });
  const unknown = (names ?? []).filter((name) => !wanted.some((server) => server.name === name));
  return [...missing, ...unknown.map((server) => ({ server, reason: 'is not configured' }))];
}
