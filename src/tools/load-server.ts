import type { Caller } from '../auth/caller.ts';
import { catalogueKey, type CatalogueCache } from './catalogue-cache.ts';
import { parseCatalogue, type AvailableCatalogue, type Catalogue } from './catalogue.ts';
import type { ToolChangePolicy } from './detect-changes.ts';
import type { FetchLike } from './guarded-fetch.ts';
import { listServer } from './list-server.ts';
import type { McpServerConfig } from './mcp-servers.ts';
import { refuseAddress } from './refuse-address.ts';
import { serverLink } from './server-link.ts';
import { FINGERPRINTS_MS } from './tool-limits.ts';
import type { ToolSessions } from './tool-sessions.ts';
import type { LinkedServer } from './tool-sources.ts';

export interface LoadOptions {
  /** Prefix of the cached catalogues' keys. */
  namespace: string;
  cache: CatalogueCache;
  /** Answers a built-in server's requests in process, as that caller. */
  builtInFetch(caller: Caller, server: string): FetchLike;
  /** Whether remote servers may be on plain http and on this machine. */
  development: boolean;
  /** How long a turn waits for a server that nothing is known about. */
  listingTimeoutMs: number;
  /** What this isolate knows, or is finding out, about the built-in servers: they change with a deployment only. */
  builtInCatalogues: Map<string, Promise<Catalogue>>;
  onToolChange: ToolChangePolicy;
  /** Told once for every time that a server's tools are not what they were. */
  reportChange(server: string, tools: string[]): void;
  now(): number;
}

/** A turn, or somebody outside of one. */
export interface ServerUse {
  caller: Caller;
  /** Null outside of a chat. */
  sessions: ToolSessions | null;
  /** The way to remote servers. */
  network: FetchLike;
  signal: AbortSignal;
  waitUntil(promise: Promise<unknown>): void;
}

/** A server as `stored` describes it, or as it describes itself now. Rejects only when the use is aborted. */
export async function loadServer(
  options: LoadOptions,
  use: ServerUse,
  server: McpServerConfig,
  stored: string | null,
): Promise<LinkedServer> {
  const { now, listingTimeoutMs: timeoutMs } = options;
  const { signal, sessions } = use;
  const key = catalogueKey(options.namespace, server);

  function keep(catalogue: Catalogue): void {
    const ttlSeconds = Math.ceil(FINGERPRINTS_MS / 1000);
    const written = options.cache.write(key, JSON.stringify(catalogue), ttlSeconds);
    use.waitUntil(written.catch(() => {}));
  }

  const refusal = server.builtIn ? null : refuseAddress(new URL(server.url), options);
  const last = refusal === null ? parseCatalogue(stored) : refused(refusal);
  const cached = refusal !== null || (last && last.expiresAt > now()) ? last : null;
  let known: AvailableCatalogue | null = cached?.status === 'available' ? cached : null;
  const link = serverLink({
    server,
    fetch: server.builtIn ? options.builtInFetch(use.caller, server.name) : use.network,
    chat: sessions && { session: sessions.of(key), keep: (session) => sessions.keep(key, session) },
    resume: known?.resume ?? null,
    onResume(resume) {
      if (known) keep((known = { ...known, resume }));
    },
    onCatalogueWrong() {
      // The next turn asks the server again.
      if (known) keep({ ...known, expiresAt: 0 });
      known = null;
    },
  });
  const shared = cached ?? (server.builtIn ? await builtInCatalogue(options, server, use.signal) : null);
  if (shared?.status === 'available') known = shared;
  if (shared) return { server, link, catalogue: shared };

  try {
    const fingerprints = last?.fingerprints ?? {};
    // Our own tools change with a deployment.
    const policy = server.builtIn ? 'allow' : options.onToolChange;
    const listing = listServer(link, { signal, timeoutMs, now, fingerprints, policy });
    if (server.builtIn) options.builtInCatalogues.set(server.name, listing);
    const catalogue = await listing;
    keep(catalogue);
    if (catalogue.status === 'available') {
      known = catalogue;
      if (policy !== 'allow' && catalogue.changed.length > 0) options.reportChange(server.name, catalogue.changed);
    }
    return { server, link, catalogue };
  } finally {
    if (!known) await link.close();
  }
}

/**
 * A built-in server's catalogue, when another turn in this isolate has listed it or is about to: a crowd that comes before the cache is
 * warm lists each once. Null when there is none, or when it takes longer than listing would.
 */
async function builtInCatalogue(
  { builtInCatalogues, listingTimeoutMs, now }: LoadOptions,
  { name }: McpServerConfig,
  signal: AbortSignal,
): Promise<Catalogue | null> {
  const known = builtInCatalogues.get(name);
  if (!known) return null;
  const timeout = Promise.withResolvers<null>();
  const timer = setTimeout(() => timeout.resolve(null), listingTimeoutMs);
  try {
    const catalogue = await Promise.race([known, timeout.promise]);
    signal.throwIfAborted();
    return catalogue && catalogue.status === 'available' && catalogue.expiresAt > now() ? catalogue : null;
  } catch {
    signal.throwIfAborted();
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** Never kept: it costs nothing to find out again. */
function refused(reason: string): Catalogue {
  return { v: 2, status: 'unavailable', expiresAt: 0, reason, fingerprints: {} };
}
