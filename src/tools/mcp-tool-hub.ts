import type { Caller } from '../auth/caller.ts';
import { catalogueKey, type CatalogueCache } from './catalogue-cache.ts';
import { parseCatalogue, type AvailableCatalogue, type Catalogue } from './catalogue.ts';
import type { FetchLike } from './guarded-fetch.ts';
import { listServer } from './list-server.ts';
import type { McpServerConfig } from './mcp-servers.ts';
import { serverLink } from './server-link.ts';
import { LISTING_TIMEOUT_MS } from './tool-limits.ts';
import { mcpToolDirectory } from './mcp-tool-directory.ts';
import type { PrepareTools, ToolHub } from './tool-hub.ts';
import type { LinkedServer } from './tool-sources.ts';
import { shareOfTools, turnTools } from './turn-tools.ts';
import { unavailableServers } from './unavailable-servers.ts';

export interface McpToolHubOptions {
  /** As `mcpServers` makes them: built-in ones first. */
  servers: readonly McpServerConfig[];
  /** Prefix of the cached catalogues' keys. */
  namespace: string;
  cache: CatalogueCache;
  /** Answers a built-in server's requests in process, as that caller. */
  builtInFetch(caller: Caller, server: string): FetchLike;
  /** The network, for all other servers. */
  fetch: FetchLike;
  /** How long one call may take, the opening of a connection included. */
  toolTimeoutMs: number;
  /** How long a turn waits for a server that nothing is known about. */
  listingTimeoutMs?: number;
  now(): number;
}

/** A turn, or who is not in one: `sessionId` is null then. */
type Use = Omit<PrepareTools, 'sessionId'> & { sessionId: string | null };

/** The tools of MCP servers. Holds nothing between turns: what is worth keeping is in the cache. */
export function mcpToolHub(options: McpToolHubOptions): ToolHub {
  const { servers, now, listingTimeoutMs = LISTING_TIMEOUT_MS } = options;
  const keyOf = (server: McpServerConfig) => catalogueKey(options.namespace, server);

  function keep(input: Use, server: McpServerConfig, catalogue: Catalogue | null): void {
    const ttlSeconds = Math.max(1, Math.ceil(((catalogue?.expiresAt ?? 0) - now()) / 1000));
    // Without an entry that can be used the next turn asks the server again.
    input.waitUntil(options.cache.write(keyOf(server), JSON.stringify(catalogue), ttlSeconds).catch(() => {}));
  }

  async function load(input: Use, server: McpServerConfig): Promise<LinkedServer> {
    const cached = parseCatalogue(input.cached[servers.indexOf(server)] ?? null, now());
    let known: AvailableCatalogue | null = cached?.status === 'available' ? cached : null;
    const link = serverLink({
      server,
      fetch: server.builtIn ? options.builtInFetch(input.caller, server.name) : options.fetch,
      chat: input.sessionId,
      resume: known?.resume ?? null,
      onResume(resume) {
        // Outside of a chat a session is not kept, and does not take the place of one that is.
        const passing = input.sessionId === null && resume.era === 'legacy' && known?.resume.era === 'legacy';
        if (known && !passing) keep(input, server, (known = { ...known, resume }));
      },
      onCatalogueWrong: () => keep(input, server, (known = null)),
    });
    if (cached) return { server, link, catalogue: cached };

    try {
      const catalogue = await listServer(link, { signal: input.signal, timeoutMs: listingTimeoutMs, now });
      keep(input, server, catalogue);
      if (catalogue.status === 'available') known = catalogue;
      return { server, link, catalogue };
    } finally {
      if (!known) await link.close();
    }
  }

  async function loadWanted(input: Use) {
    const wanted = servers.filter(({ name }) => input.serverNames?.includes(name) ?? true);
    const loaded = await Promise.allSettled(wanted.map((server) => load(input, server)));
    return { wanted, linked: loaded.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])) };
  }

  return {
    serverNames: () => servers.map(({ name }) => name),
    catalogueKeys: () => servers.map(keyOf),
    async prepare(input) {
      const { wanted, linked } = await loadWanted(input);
      return {
        ...turnTools(linked, options.toolTimeoutMs),
        unavailable: unavailableServers(input.serverNames, wanted, linked, shareOfTools(linked)),
        async close() {
          await Promise.allSettled(linked.map(({ link }) => link.close()));
        },
      };
    },
    async open(input) {
      const { serverNames, signal } = input;
      // Without a cache every server is asked, which takes longer and does no harm.
      const cached = await options.cache.read(servers.map(keyOf)).catch(() => []);
      const { wanted, linked } = await loadWanted({ ...input, sessionId: null, cached });
      signal.throwIfAborted();
      const all = linked.map(() => Infinity);
      const unavailable = unavailableServers(serverNames, wanted, linked, all);
      const { toolTimeoutMs } = options;
      return mcpToolDirectory(linked, { unavailable, signal, toolTimeoutMs, listingTimeoutMs });
    },
  };
}
