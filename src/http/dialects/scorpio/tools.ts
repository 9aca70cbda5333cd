import { BUILT_IN_SERVERS } from '../../../mcp/serve-mcp.ts';
import type { AppContext } from '../../context.ts';
import { parseBody } from '../../parse-body.ts';
import { executeToolSchema } from '../../tool-input.ts';
import { withDirectory } from '../../with-directory.ts';
import { namedSession } from './named-session.ts';
import { succeed } from './succeed.ts';

const BUILT_IN: readonly string[] = BUILT_IN_SERVERS;

export function listTools(c: AppContext): Promise<Response> {
  return withDirectory(c, async ({ tools }) => {
    const listed = tools.map(({ name, description, inputSchema, server }) => ({
      name,
      description: description ?? '',
      parameters: inputSchema,
      source: BUILT_IN.includes(server) ? 'built-in' : 'mcp',
    }));
    return succeed(c, { tools: listed });
  });
}

/** The result is MCP's, as the tool gave it, also when it says that something went wrong. */
export async function executeTool(c: AppContext): Promise<Response> {
  namedSession(c);
  const { name, input } = await parseBody(c, executeToolSchema);
  return withDirectory(c, async (directory) =>
    succeed(c, { tool_name: name, result: await directory.call(name, input) }),
  );
}

export function listResources(c: AppContext): Promise<Response> {
  return withDirectory(c, async (directory) => {
    const { found } = await directory.resources();
    const resources = found.map(({ item }) => ({
      uri: item.uri,
      name: item.name,
      description: item.description ?? '',
      mime_type: item.mimeType ?? null,
      source: 'mcp',
    }));
    return succeed(c, { resources });
  });
}

/** What is no text is given in base64. */
export async function readResource(c: AppContext): Promise<Response> {
  const uri = c.req.param('uri') ?? '';
  return withDirectory(c, async (directory) => {
    const { contents } = await directory.readResource(uri);
    const content = contents.map((part) => ('text' in part ? part.text : part.blob)).join('\n');
    return succeed(c, { uri, content });
  });
}
