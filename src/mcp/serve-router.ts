import { createMcpHandler } from '@modelcontextprotocol/server';
import { routerServer, type WithDirectory } from './router-server.ts';

/**
 * Answers one request to the router over streamable HTTP, without a session, in both eras of the protocol. Host, Origin, authentication and
 * limits are the HTTP layer's.
 */
export function serveRouter(
  request: Request,
  withDirectory: WithDirectory,
  onError: (error: unknown) => void,
): Promise<Response> {
  return createMcpHandler(() => routerServer(withDirectory, onError), { legacy: 'stateless' }).fetch(request);
}
