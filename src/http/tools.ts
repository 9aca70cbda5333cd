import type { AppContext } from './context.ts';
import { parseBody, parseWith } from './parse-body.ts';
import { agentName, idOf, sessionNotFound } from './sessions.ts';
import { promptBody, promptSetBody, resourceBody, templateBody, toolBody } from './tool-body.ts';
import { executeToolSchema, readResourceQuery } from './tool-input.ts';
import { withDirectory } from './with-directory.ts';

export function listTools(c: AppContext): Promise<Response> {
  return withDirectory(c, async ({ tools, unavailable }) => c.json({ tools: tools.map(toolBody), unavailable }));
}

/** The result is MCP's, as the tool gave it, also when it says that something went wrong. */
export async function executeTool(c: AppContext): Promise<Response> {
  const { name, input } = await parseBody(c, executeToolSchema);
  return withDirectory(c, async (directory) => c.json({ tool_name: name, result: await directory.call(name, input) }));
}

export function listResources(c: AppContext): Promise<Response> {
  return withDirectory(c, async (directory) => {
    const [resources, templates] = await Promise.all([directory.resources(), directory.resourceTemplates()]);
    return c.json({
      resources: resources.found.map(resourceBody),
      resource_templates: templates.found.map(templateBody),
      unavailable: resources.unavailable,
    });
  });
}

export async function readResource(c: AppContext): Promise<Response> {
  const { uri } = parseWith(readResourceQuery, c.req.query(), 'query');
  return withDirectory(c, async (directory) => {
    const { contents } = await directory.readResource(uri);
    return c.json({
      uri,
      contents: contents.map(({ mimeType, ...rest }) => ({ ...rest, mime_type: mimeType ?? null })),
    });
  });
}

export function listPrompts(c: AppContext): Promise<Response> {
  return withDirectory(c, async (directory) => {
    const { found, unavailable } = await directory.prompts();
    return c.json({
      prompts: found.map(promptBody),
      library: c.get('services').prompts.map(promptSetBody),
      unavailable,
    });
  });
}

/** The tools that the session's turns have. */
export async function sessionTools(c: AppContext): Promise<Response> {
  const services = c.get('services');
  const found = await services.sessions(c.get('caller')).get(idOf(c));
  if (!found) throw sessionNotFound(c);
  const serverNames = found.session.mcpServers ?? services.tools.serverNames();
  return withDirectory(
    c,
    async ({ tools, unavailable }) =>
      c.json({
        session_id: found.session.id,
        agent_name: agentName(found.session.id),
        tools_count: tools.length,
        tools: tools.map(toolBody),
        mcp_server_names: serverNames,
        mcp_server_name: serverNames[0] ?? null,
        unavailable,
      }),
    serverNames,
  );
}
