import { isInputRequiredResult, UriTemplate, type Prompt } from '@modelcontextprotocol/client';
import { AppError } from '../errors.ts';
import type { ToolApproval } from './approval-rules.ts';
import type { AuthRequired } from './auth-required.ts';
import { askServer } from './ask-server.ts';
import { lockedTool } from './locked-tool.ts';
import type { McpConnection, RequestLimits } from './mcp-connection.ts';
import { failureReason, TIMED_OUT } from './mcp-failure.ts';
import { nameTools } from './name-tools.ts';
import type { Offers, ToolDirectory } from './tool-directory.ts';
import { toolSources, type LinkedServer } from './tool-sources.ts';

export interface DirectoryOptions {
  unavailable: ToolDirectory['unavailable'];
  /** What the caller has to do before some of those can be used. */
  authRequired: readonly AuthRequired[];
  signal: AbortSignal;
  toolTimeoutMs: number;
  toolApproval: ToolApproval;
  listingTimeoutMs: number;
}

export function mcpToolDirectory(linked: readonly LinkedServer[], options: DirectoryOptions): ToolDirectory {
  const { unavailable, signal, toolTimeoutMs: timeoutMs, toolApproval } = options;
  const sources = toolSources(
    linked,
    linked.map(() => Infinity),
    { timeoutMs, toolApproval },
  );

  async function collect<T>(list: (connection: McpConnection, limits: RequestLimits) => Promise<T[]>) {
    const available = linked.filter(({ catalogue }) => catalogue.status === 'available');
    const answers = await Promise.all(available.map((item) => listOne(item, list, options)));
    const failed = answers.flatMap(({ from, reason }) => (reason ? [{ server: from.server.name, reason }] : []));
    const found = answers.flatMap(({ from, items }) => items.map((item) => ({ from, item })));
    return { found, unavailable: [...unavailable, ...failed] };
  }

  async function namedPrompts() {
    const { found, unavailable } = await collect<Prompt>((connection, limits) => connection.listPrompts(limits));
    const origins = found.map(({ from: { server }, item }) => ({
      server: server.name,
      tool: item.name,
      plain: server.builtIn,
    }));
    const names = nameTools(origins);
    return { found: found.map((prompt, index) => ({ ...prompt, name: names[index] ?? '' })), unavailable };
  }

  const ask = <T>({ server, link }: LinkedServer, work: (to: McpConnection, limits: RequestLimits) => Promise<T>) =>
    askServer(server.name, { signal, timeoutMs }, (limits) => link.ask((to) => work(to, limits), limits));

  async function ownerOf(uri: string): Promise<LinkedServer> {
    const listed = await collect((connection, limits) => connection.listResources(limits));
    const exact = listed.found.find(({ item }) => item.uri === uri);
    if (exact) return exact.from;
    const templates = await collect((connection, limits) => connection.listResourceTemplates(limits));
    const fitting = templates.found.find(({ item }) => fits(item.uriTemplate, uri));
    if (!fitting) throw new AppError('resource_not_found', `There is no resource \`${uri}\`.`);
    return fitting.from;
  }

  return {
    tools: sources
      .filter(({ source }) => source.approval !== 'deny')
      .map(({ name, source: { server, tool } }) => ({ ...tool, name, server })),
    unavailable,
    async call(name, input, onProgress) {
      const source = sources.find((item) => item.name === name)?.source;
      if (!source) {
        throw lockedTool(name, options.authRequired) ?? new AppError('unknown_tool', `There is no tool \`${name}\`.`);
      }
      if (source.approval === 'deny') throw new AppError('tool_denied', `The tool \`${name}\` is not allowed here.`);
      const { server, tool, link } = source;
      const answer = await askServer(server, { signal, timeoutMs }, (limits) =>
        link.call(tool, input, { ...limits, onProgress }),
      );
      if (isInputRequiredResult(answer)) throw new AppError('tool_refused', 'The tool has to ask a person first.');
      return answer;
    },
    resources: async () => offers(await collect((connection, limits) => connection.listResources(limits))),
    resourceTemplates: async () =>
      offers(await collect((connection, limits) => connection.listResourceTemplates(limits))),
    readResource: async (uri) => ask(await ownerOf(uri), (to, limits) => to.readResource(uri, limits)),
    async prompts() {
      const { found, unavailable } = await namedPrompts();
      return offers({ found: found.map(({ from, item, name }) => ({ from, item: { ...item, name } })), unavailable });
    },
    async getPrompt(name, input) {
      const prompt = (await namedPrompts()).found.find((item) => item.name === name);
      if (!prompt) throw new AppError('unknown_prompt', `There is no prompt \`${name}\`.`);
      return ask(prompt.from, (to, limits) => to.getPrompt(prompt.item.name, input, limits));
    },
    async close() {
      await Promise.allSettled(linked.map(({ link }) => link.close()));
    },
  };
}

/** All of one server, or why not: a server that cannot be asked does not keep the others from answering. */
async function listOne<T>(
  from: LinkedServer,
  list: (connection: McpConnection, limits: RequestLimits) => Promise<T[]>,
  { signal, listingTimeoutMs: timeoutMs }: DirectoryOptions,
): Promise<{ from: LinkedServer; items: T[]; reason: string | null }> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const limits = { signal: AbortSignal.any([signal, deadline]), timeoutMs };
  try {
    return { from, items: await from.link.ask((connection) => list(connection, limits), limits), reason: null };
  } catch (error) {
    signal.throwIfAborted();
    return { from, items: [], reason: deadline.aborted ? TIMED_OUT : failureReason(error) };
  }
}

function offers<T>({
  found,
  unavailable,
}: {
  found: { from: LinkedServer; item: T }[];
  unavailable: Offers<T>['unavailable'];
}): Offers<T> {
  return { found: found.map(({ from, item }) => ({ server: from.server.name, item })), unavailable };
}

function fits(template: string, uri: string): boolean {
  try {
    return new UriTemplate(template).match(uri) !== null;
  } catch {
    // Not a template that can be read: nothing fits it.
    return false;
  }
}
