import type { Seal } from '../seal/seal.ts';
import type { ToolApproval } from './approval-rules.ts';
import type { Caller } from '../auth/caller.ts';
import { allAuthRequired } from './auth-required.ts';
import { catalogueKey } from './catalogue-cache.ts';
import { changedTools } from './changed-tools.ts';
import { expireCatalogue } from './expire-catalogue.ts';
import type { FetchLike } from './guarded-fetch.ts';
import { endToolSessions } from './end-tool-sessions.ts';
import { loadServer, type LoadOptions, type ServerUse } from './load-server.ts';
import type { McpServerConfig } from './mcp-servers.ts';
import { mcpToolDirectory } from './mcp-tool-directory.ts';
import { outgoingFetch } from './outgoing-fetch.ts';
import { missingHeadersSentence, serverEntry, type EntryOptions } from './server-entry.ts';
import type { PrepareTools, ToolHub } from './tool-hub.ts';
import { LISTING_TIMEOUT_MS } from './tool-limits.ts';
import { parseToolSessions, toolSessions } from './tool-sessions.ts';
import { toolQuestions, type ToolQuestions } from './tool-questions.ts';
import { shareOfTools, turnTools } from './turn-tools.ts';
import { unavailableServers } from './unavailable-servers.ts';

export interface McpToolHubOptions extends Omit<LoadOptions, 'listingTimeoutMs'>, EntryOptions {
  /** As `mcpServers` makes them: built-in ones first. */
  servers: readonly McpServerConfig[];
  /** The network, for all servers that are not built in. */
  fetch: FetchLike;
  /** How long one call may take, the opening of a connection included. */
  toolTimeoutMs: number;
  /** For tools of remote servers that have no rule of their own. */
  toolApproval: ToolApproval;
  listingTimeoutMs?: number;
  /** For what servers ask of the person; null where there is no key: then they cannot ask. */
  seal: Seal | null;
  /** How long the person has time to answer. */
  questionTtlMs: number;
  /** Where the sessions are kept that a chat has at servers. */
  sessionsKey(sessionId: string): string;
}

/** The tools of MCP servers. Holds nothing between turns: what is worth keeping is in the cache. */
export function mcpToolHub(options: McpToolHubOptions): ToolHub {
  const { servers, development, toolTimeoutMs, toolApproval, listingTimeoutMs = LISTING_TIMEOUT_MS } = options;
  const newNetwork = () => outgoingFetch(options.fetch, { development, timeoutMs: toolTimeoutMs });
  const entryOf = (server: McpServerConfig, caller: Caller) => serverEntry(server, caller, options);
  const keyOf = (server: McpServerConfig, caller: Caller) =>
    catalogueKey(options.namespace, server, entryOf(server, caller).principal);
  const catalogueKeys = (caller: Caller) => servers.map((server) => keyOf(server, caller));

  type Wanted = Omit<ServerUse, 'network' | 'entry'> & Pick<PrepareTools, 'serverNames' | 'cached'>;
  async function load({ serverNames, cached, ...use }: Wanted) {
    const network = newNetwork();
    const wanted = servers.filter(({ name }) => serverNames?.includes(name) ?? true);
    const loaded = await Promise.allSettled(
      wanted.map((server) =>
        loadServer(
          { ...options, listingTimeoutMs },
          { ...use, network, entry: entryOf(server, use.caller) },
          server,
          cached[servers.indexOf(server)] ?? null,
        ),
      ),
    );
    return { wanted, linked: loaded.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])) };
  }

  function questionsOf({ caller, sessionId, onQuestion }: PrepareTools): ToolQuestions | null {
    const { seal, questionTtlMs, now } = options;
    if (!seal || !onQuestion || sessionId === null) return null;
    return toolQuestions({ seal, owner: caller.owner, sessionId, ttlMs: questionTtlMs, now, onQuestion });
  }

  // Without a cache every server is asked, which takes longer and does no harm.
  const readCatalogues = (caller: Caller) => options.cache.read(catalogueKeys(caller)).catch(() => []);

  return {
    readCatalogues,
    serverNames: () => servers.map(({ name }) => name),
    turnKeys: (caller, sessionId) => [...catalogueKeys(caller), options.sessionsKey(sessionId)],
    remoteServers: () => servers.filter(({ builtIn }) => !builtIn),
    async forget(caller, name) {
      const keys = servers.filter((server) => server.name === name).map((server) => keyOf(server, caller));
      await Promise.all(keys.map((key) => expireCatalogue(options.cache, key)));
    },
    missingHeaders: (caller, names) =>
      missingHeadersSentence(
        servers.filter(({ name }) => names.includes(name)),
        caller,
        options,
      ),
    async prepare(input) {
      const { sessionId, cached, waitUntil } = input;
      const stored = cached[servers.length] ?? null;
      const sessions =
        sessionId === null ? null : toolSessions(stored, options.sessionsKey(sessionId), options.cache, waitUntil);
      const { wanted, linked } = await load({ ...input, sessions });
      return {
        ...turnTools(
          linked,
          { timeoutMs: toolTimeoutMs, toolApproval },
          { onProgress: input.onProgress, questions: questionsOf(input) },
        ),
        unavailable: unavailableServers(input.serverNames, wanted, linked, shareOfTools(linked)),
        authRequired: allAuthRequired(linked, options.addresses),
        changed: changedTools(linked, options.onToolChange),
        async close() {
          await Promise.allSettled(linked.map(({ link }) => link.close()));
        },
      };
    },
    async open(input) {
      const { serverNames, signal } = input;
      const cached = await readCatalogues(input.caller);
      const { wanted, linked } = await load({ ...input, sessionId: null, sessions: null, cached });
      signal.throwIfAborted();
      const all = linked.map(() => Infinity);
      const unavailable = unavailableServers(serverNames, wanted, linked, all);
      const authRequired = allAuthRequired(linked, options.addresses);
      return mcpToolDirectory(linked, {
        unavailable,
        authRequired,
        signal,
        toolTimeoutMs,
        toolApproval,
        listingTimeoutMs,
      });
    },
    async endSessions(caller, sessionId) {
      const key = options.sessionsKey(sessionId);
      const [stored = null] = await options.cache.read([key]);
      if (stored === null) return;
      await options.cache.remove(key);
      const entered = servers.map((server) => ({ server, entry: entryOf(server, caller) }));
      await endToolSessions(parseToolSessions(stored), entered, options.namespace, newNetwork());
    },
  };
}
