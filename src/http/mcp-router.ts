import { serveRouter } from '../mcp/serve-router.ts';
import type { AppContext } from './context.ts';
import { withDirectory } from './with-directory.ts';

/** `/mcp`: one tool server over all the others, built-in and remote. */
export function mcpRouter(c: AppContext): Promise<Response> {
  const { log } = c.get('services');
  const onError = (cause: unknown) => log('error', 'tool_failed', { request_id: c.get('requestId') }, cause);
  return serveRouter(c.req.raw, (use) => withDirectory(c, use), onError);
}
