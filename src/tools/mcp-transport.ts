import { StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { FetchLike } from './guarded-fetch.ts';
import type { McpServerConfig } from './mcp-servers.ts';
import type { PinnedSession } from './tool-sessions.ts';

/** How requests reach a server; within a session of the 2025 protocol if there is one. */
export function mcpTransport(
  server: McpServerConfig,
  fetch: FetchLike,
  session: PinnedSession | null,
): StreamableHTTPClientTransport {
  return new StreamableHTTPClientTransport(new URL(server.url), {
    fetch,
    requestInit: { headers: { ...server.headers } },
    redirectPolicy: 'same-origin',
    ...(session && { sessionId: session.id, protocolVersion: session.protocolVersion }),
    reconnectionOptions: {
      initialReconnectionDelay: 500,
      maxReconnectionDelay: 2000,
      reconnectionDelayGrowFactor: 1.5,
      maxRetries: 2,
    },
  });
}
