import { catalogueKey } from './catalogue-cache.ts';
import { enteredFetch } from './entered-fetch.ts';
import { guardedFetch, type FetchLike } from './guarded-fetch.ts';
import type { McpServerConfig } from './mcp-servers.ts';
import { mcpTransport } from './mcp-transport.ts';
import type { ServerEntry } from './server-entry.ts';
import type { PinnedSession } from './tool-sessions.ts';

/** Tells the servers that these sessions are over. A server that cannot be told finds out by itself: this never rejects. */
export async function endToolSessions(
  sessions: Readonly<Record<string, PinnedSession>>,
  servers: readonly { server: McpServerConfig; entry: ServerEntry }[],
  namespace: string,
  network: FetchLike,
): Promise<void> {
  const endings = servers.map(async ({ server, entry }) => {
    const session = sessions[catalogueKey(namespace, server, entry.principal)];
    if (!session) return;
    const entered = enteredFetch(network, entry, () => {});
    const guarded = guardedFetch(entered, () => {});
    await mcpTransport(server, guarded, session).terminateSession();
  });
  await Promise.allSettled(endings);
}
