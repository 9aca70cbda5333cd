import { createMcpHandler, type McpServer, type Server } from '@modelcontextprotocol/server';

/**
 * Answers one request over streamable HTTP, without a session, in both eras of the protocol (2025 with `initialize`, 2026-07-28 without).
 * Host, Origin, authentication and limits are the HTTP layer's.
 */
export function answerMcp(request: Request, build: () => McpServer | Server): Promise<Response> {
  return createMcpHandler(build, { legacy: 'stateless' }).fetch(request);
}
