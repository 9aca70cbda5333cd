import { actFor } from '../auth/act-for.ts';
import { AppError } from '../errors.ts';
import { serveMcp } from '../mcp/serve-mcp.ts';
import type { AppContext } from './context.ts';

/** `/mcp/{name}`: one of our own tool servers over streamable HTTP. */
export async function mcpEndpoint(c: AppContext): Promise<Response> {
  const { tasks, files, catalogue, knowledge, code, log } = c.get('services');
  const caller = c.get('caller');
  if (!tasks || !files || !catalogue || !knowledge || !code)
    throw new AppError('archive_unavailable', 'The built-in tools need a database, and this deployment has none.');
  const response = await serveMcp(c.req.param('name') ?? '', c.req.raw, {
    caller,
    tasks: (userId) => tasks(actFor(caller, userId)),
    files: files(caller),
    catalogue: catalogue(caller),
    knowledge: knowledge(caller.owner),
    code: code(caller),
    chat: null,
    onError: (cause) => log('error', 'tool_failed', { request_id: c.get('requestId') }, cause),
  });
  if (!response) throw new AppError('http_error', 'Not Found');
  return response;
}
