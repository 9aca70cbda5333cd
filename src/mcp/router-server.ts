import { ProtocolError, ProtocolErrorCode, Server, type CallToolResult } from '@modelcontextprotocol/server';
import { AppError } from '../errors.ts';
import type { OfferedTool, ToolDirectory } from '../tools/tool-directory.ts';
import type { ToolProgress } from '../tools/tool-progress.ts';

/** The same for every caller, since servers are configured for the deployment. A list that lacks a server is soon asked for again. */
const WHOLE_LIST = { ttlMs: 5 * 60_000, cacheScope: 'public' } as const;
const PARTIAL_LIST = { ttlMs: 30_000, cacheScope: 'public' } as const;
const listCache = ({ unavailable }: { unavailable: readonly unknown[] }) =>
  unavailable.length === 0 ? WHOLE_LIST : PARTIAL_LIST;

/** Opens the directory for one request of a client, and closes it afterwards. */
export type WithDirectory = <T>(use: (directory: ToolDirectory) => Promise<T>) => Promise<T>;

/** One server over all others: their tools, resources and prompts, asked for as they are and answered as they answer. */
export function routerServer(withDirectory: WithDirectory, onError: (error: unknown) => void): Server {
  const info = { name: 'edgewise', title: 'Edgewise', version: '1.0.0' };
  const server = new Server(info, { capabilities: { tools: {}, resources: {}, prompts: {} } });
  const answer = <T>(use: (directory: ToolDirectory) => Promise<T>) =>
    withDirectory(use).catch((error: unknown) => Promise.reject(protocolError(error, onError)));

  server.setRequestHandler('tools/list', () =>
    answer(async (directory) => ({ tools: directory.tools.map(definition), ...listCache(directory) })),
  );
  server.setRequestHandler('tools/call', ({ params }, { mcpReq }) => {
    const { _meta: meta } = mcpReq;
    const progressToken = meta?.progressToken;
    const tell = (progress: ToolProgress) =>
      mcpReq.notify({ method: 'notifications/progress', params: { ...progress, progressToken } });
    const onProgress =
      progressToken === undefined ? undefined : (progress: ToolProgress) => void tell(progress).catch(onError);
    return answer((directory) => callTool(directory, params.name, params.arguments ?? {}, onProgress));
  });
  server.setRequestHandler('resources/list', () =>
    answer(async (directory) => {
      const offers = await directory.resources();
      return { resources: offers.found.map(({ item }) => item), ...listCache(offers) };
    }),
  );
  server.setRequestHandler('resources/templates/list', () =>
    answer(async (directory) => {
      const offers = await directory.resourceTemplates();
      return { resourceTemplates: offers.found.map(({ item }) => item), ...listCache(offers) };
    }),
  );
  server.setRequestHandler('resources/read', ({ params }) => answer((directory) => directory.readResource(params.uri)));
  server.setRequestHandler('prompts/list', () =>
    answer(async (directory) => {
      const offers = await directory.prompts();
      return { prompts: offers.found.map(({ item }) => item), ...listCache(offers) };
    }),
  );
  server.setRequestHandler('prompts/get', ({ params }) =>
    answer((directory) => directory.getPrompt(params.name, params.arguments ?? {})),
  );
  return server;
}

function definition({ name, title, description, inputSchema, outputSchema, annotations }: OfferedTool) {
  return {
    name,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    inputSchema,
    ...(outputSchema && { outputSchema }),
    ...(annotations && { annotations }),
  };
}

/** That a server cannot be used is a result, as any failure of a tool is: whoever called can act on it. */
async function callTool(
  directory: ToolDirectory,
  name: string,
  input: Record<string, unknown>,
  onProgress: ((progress: ToolProgress) => void) | undefined,
): Promise<CallToolResult> {
  try {
    return await directory.call(name, input, onProgress);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'tool_unavailable') throw error;
    return { isError: true, content: [{ type: 'text', text: error.message }] };
  }
}

function protocolError(error: unknown, onError: (error: unknown) => void): ProtocolError {
  if (!(error instanceof AppError)) {
    onError(error);
    return new ProtocolError(ProtocolErrorCode.InternalError, 'An unexpected error occurred.');
  }
  if (error.code === 'tool_unavailable') return new ProtocolError(ProtocolErrorCode.InternalError, error.message);
  const code = error.details?.['mcp_code'];
  return new ProtocolError(typeof code === 'number' ? code : ProtocolErrorCode.InvalidParams, error.message);
}
