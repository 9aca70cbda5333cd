import { answerMcp } from './answer-mcp.ts';
import { routerServer, type WithDirectory } from './router-server.ts';

/** Answers one request to the router, as `answerMcp` does. */
export function serveRouter(
  request: Request,
  withDirectory: WithDirectory,
  onError: (error: unknown) => void,
): Promise<Response> {
  return answerMcp(request, () => routerServer(withDirectory, onError));
}
