import { actFor } from '../auth/act-for.ts';
import { serveMcp, type McpContext } from '../mcp/serve-mcp.ts';
import type { Services } from '../services.ts';
import type { McpToolHubOptions } from '../tools/mcp-tool-hub.ts';

/** Our own tool servers answer the same client as remote ones do, without a network between. */
export function inProcess({
  tasks,
  files,
  catalogue,
  knowledge,
  code,
  log,
}: Pick<Services, 'tasks' | 'files' | 'catalogue' | 'knowledge' | 'code' | 'log'>): McpToolHubOptions['builtInFetch'] {
  return (caller, name, chat) => async (input, init) => {
    const onError = (cause: unknown) => log('error', 'tool_failed', { server: name }, cause);
    if (!tasks || !files || !catalogue || !knowledge || !code) return new Response(null, { status: 404 });
    const context: McpContext = {
      caller,
      tasks: (userId) => tasks(actFor(caller, userId)),
      files: files(caller, chat),
      catalogue: catalogue(caller),
      knowledge: knowledge(caller.owner),
      code: code(caller, chat),
      chat,
      onError,
    };
    const response = await serveMcp(name, new Request(input, init), context);
    return response ?? new Response(null, { status: 404 });
  };
}
