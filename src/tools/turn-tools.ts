import type { Catalogue } from './catalogue.ts';
import { makeTool, type ToolSource } from './make-tool.ts';
import type { McpServerConfig } from './mcp-servers.ts';
import { nameTools } from './name-tools.ts';
import type { ServerLink } from './server-link.ts';
import type { TurnTools } from './tool-hub.ts';
import { TOOLS_MAX } from './tool-limits.ts';

/** A server of the turn, with what is known about it and the way to it. */
export interface LinkedServer {
  server: McpServerConfig;
  link: ServerLink;
  catalogue: Catalogue;
}

/** How many tools of each server, in this order, fit into one turn. */
export function shareOfTools(linked: readonly LinkedServer[]): number[] {
  let left = TOOLS_MAX;
  return linked.map(({ catalogue }) => {
    const share = catalogue.status === 'available' ? Math.min(catalogue.tools.length, left) : 0;
    left -= share;
    return share;
  });
}

/** The tools of all servers under the names that models call them by, sorted. */
export function turnTools(
  linked: readonly LinkedServer[],
  timeoutMs: number,
): Pick<TurnTools, 'tools' | 'isRepeatable'> {
  const shares = shareOfTools(linked);
  const sources = linked.flatMap(({ server, link, catalogue }, index): (ToolSource & { plain: boolean })[] =>
    catalogue.status === 'available'
      ? catalogue.tools
          .slice(0, shares[index])
          .map((tool) => ({ server: server.name, plain: server.builtIn, tool, link, timeoutMs }))
      : [],
  );
  const names = nameTools(sources.map(({ server, plain, tool }) => ({ server, tool: tool.name, plain })));
  const named = sources.map((source, index) => ({ name: names[index] ?? '', source }));
  named.sort((a, b) => (a.name < b.name ? -1 : 1));
  const repeatable = named.filter(({ source: { tool } }) => tool.readOnly === true || tool.idempotent === true);
  const repeatableNames = new Set(repeatable.map(({ name }) => name));
  return {
    tools: Object.fromEntries(named.map(({ name, source }) => [name, makeTool(source)])),
    isRepeatable: (name) => repeatableNames.has(name),
  };
}
