import type { ToolApproval } from './approval-rules.ts';
import type { Catalogue, CatalogueTool } from './catalogue.ts';
import { decideApproval } from './decide-approval.ts';
import type { McpServerConfig } from './mcp-servers.ts';
import { nameTools } from './name-tools.ts';
import type { ServerLink } from './server-link.ts';

/** A server, with what is known about it and the way to it. */
export interface LinkedServer {
  server: McpServerConfig;
  link: ServerLink;
  catalogue: Catalogue;
}

/** Where a tool comes from, and how to call it. */
export interface ToolSource {
  server: string;
  tool: CatalogueTool;
  link: ServerLink;
  timeoutMs: number;
  /** What happens when a model calls it. */
  approval: ToolApproval;
}

/** The tools of all servers under the names that models and clients call them by, sorted. `shares`: how many of each server, in that order. */
export function toolSources(
  linked: readonly LinkedServer[],
  shares: readonly number[],
  { timeoutMs, toolApproval }: { timeoutMs: number; toolApproval: ToolApproval },
): { name: string; source: ToolSource }[] {
  const sources = linked.flatMap(({ server, link, catalogue }, index) =>
    catalogue.status === 'available'
      ? catalogue.tools.slice(0, shares[index]).map((tool) => {
          const approval = decideApproval(server, tool, toolApproval);
          return { plain: server.builtIn, source: { server: server.name, tool, link, timeoutMs, approval } };
        })
      : [],
  );
  const names = nameTools(sources.map(({ plain, source: { server, tool } }) => ({ server, tool: tool.name, plain })));
  const named = sources.map(({ source }, index) => ({ name: names[index] ?? '', source }));
  return named.sort((a, b) => (a.name < b.name ? -1 : 1));
}
