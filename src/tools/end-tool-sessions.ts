import { catalogueKey } from './catalogue-cache.ts';
import { guardedFetch, type FetchLike } from './guarded-fetch.ts';
import type { McpServerConfig } from './mcp-servers.ts';
import { mcpTransport } from './mcp-transport.ts';
import type { PinnedSession } from './tool-sessions.ts';

/** Tells the servers that these sessions are over. A server that cannot be told finds out by itself: this never rejects. */
export async function endToolSessions(
  sessions: Readonly<Record<string, PinnedSession>>,
  servers: readonly McpServerConfig[],
  namespace: string,
  network: FetchLike,
): Promise<void> {
  const endings = servers.map(async (server) => {
    const session = sessions[catalogueKey(namespace, server)];
    if (session)
      await mcpTransport(
        server,
        guardedFetch(network, () => {}),
        session,
      ).terminateSession();
  });
  await Promise.allSettled(endings);
}
