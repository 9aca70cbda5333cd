import type { Caller } from '../auth/caller.ts';
import { catalogueKey, type CatalogueCache } from './catalogue-cache.ts';
import { parseCatalogue, type AvailableCatalogue, type Catalogue } from './catalogue.ts';
import type { FetchLike } from './guarded-fetch.ts';
import { listServer } from './list-server.ts';
import { makeTool } from './make-tool.ts';
import type { McpServerConfig } from './mcp-servers.ts';
import { nameTools } from './name-tools.ts';
import { serverLink, type ServerLink } from './server-link.ts';
import { LISTING_TIMEOUT_MS } from './tool-limits.ts';
import type { PrepareTools, ToolHub, TurnTools } from './tool-hub.ts';

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

interface LinkedServer {
  server: McpServerConfig;
  link: ServerLink;
  catalogue: Catalogue;
}

/** The tools of MCP servers. Holds nothing between turns: what is worth keeping is in the cache. */
export function mcpToolHub(options: McpToolHubOptions): ToolHub {
  const { servers, now, listingTimeoutMs = LISTING_TIMEOUT_MS } = options;
  const keyOf = (server: McpServerConfig) => catalogueKey(options.namespace, server);

  function keep(input: PrepareTools, server: McpServerConfig, catalogue: Catalogue | null): void {
    const ttlSeconds = Math.max(1, Math.ceil(((catalogue?.expiresAt ?? 0) - now()) / 1000));
    // Without an entry that can be used the next turn asks the server again.
    input.waitUntil(options.cache.write(keyOf(server), JSON.stringify(catalogue), ttlSeconds).catch(() => {}));
  }

  async function load(input: PrepareTools, server: McpServerConfig): Promise<LinkedServer> {
    const cached = parseCatalogue(input.cached[servers.indexOf(server)] ?? null, now());
    let known: AvailableCatalogue | null = cached?.status === 'available' ? cached : null;
    const link = serverLink({
      server,
      fetch: server.builtIn ? options.builtInFetch(input.caller, server.name) : options.fetch,
      chat: input.sessionId,
      resume: known?.resume ?? null,
      onResume(resume) {
        if (known) keep(input, server, (known = { ...known, resume }));
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

  return {
    serverNames: () => servers.map(({ name }) => name),
    catalogueKeys: () => servers.map(keyOf),
    async prepare(input) {
      const wanted = servers.filter(({ name }) => input.serverNames?.includes(name) ?? true);
      const loaded = await Promise.allSettled(wanted.map((server) => load(input, server)));
      const linked = loaded.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      return {
        ...turnTools(linked, options.toolTimeoutMs),
        unavailable: unavailable(input, wanted, linked),
        async close() {
          await Promise.allSettled(linked.map(({ link }) => link.close()));
        },
      };
    },
  };
}

function turnTools(linked: readonly LinkedServer[], timeoutMs: number): Pick<TurnTools, 'tools' | 'isRepeatable'> {
  const sources = linked.flatMap(({ server, link, catalogue }) =>
    catalogue.status === 'available'
      ? catalogue.tools.map((tool) => ({ server: server.name, plain: server.builtIn, tool, link, timeoutMs }))
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

function unavailable(
  { serverNames }: PrepareTools,
  wanted: readonly McpServerConfig[],
  linked: readonly LinkedServer[],
): TurnTools['unavailable'] {
  const unknown = (serverNames ?? []).filter((name) => !wanted.some((server) => server.name === name));
  const missing = wanted.flatMap((server) => {
    const catalogue = linked.find((item) => item.server === server)?.catalogue;
    if (catalogue?.status === 'available') return [];
    return [{ server: server.name, reason: catalogue?.reason ?? 'was not asked: the turn was stopped' }];
  });
  return [...missing, ...unknown.map((server) => ({ server, reason: 'is not configured' }))];
}
