import type { Caller } from '../auth/caller.ts';
import { authRequired, type AuthRequired, type LoginAddresses } from './auth-required.ts';
import { awaitListing } from './await-listing.ts';
import { catalogueKey, type CatalogueCache } from './catalogue-cache.ts';
import type { CatalogueMemory } from './catalogue-memory.ts';
import type { AvailableCatalogue, Catalogue } from './catalogue.ts';
import type { ToolChangePolicy } from './detect-changes.ts';
import type { FetchLike } from './guarded-fetch.ts';
import { judgeAge } from './judge-age.ts';
import { listServer, loginNeeded } from './list-server.ts';
import type { McpServerConfig } from './mcp-servers.ts';
import { ownCatalogue } from './own-catalogue.ts';
import { refuseServer } from './refuse-server.ts';
import type { ServerEntry } from './server-entry.ts';
import { serverLink, type ServerLink } from './server-link.ts';
import { FINGERPRINTS_MS, LISTING_CLAIM_SECONDS } from './tool-limits.ts';
import type { ToolSessions } from './tool-sessions.ts';
import type { LinkedServer } from './tool-sources.ts';

export interface LoadOptions {
  /** Prefix of the cached catalogues' keys. */
  namespace: string;
  cache: CatalogueCache;
  /** The same for all requests of an isolate. */
  memory: CatalogueMemory;
  /** Answers a built-in server's requests in process, as that caller, from the turn of that chat session or from none. */
  builtInFetch(caller: Caller, server: string, chat: string | null): FetchLike;
  /** Whether remote servers may be on plain http and on this machine. */
  development: boolean;
  /** How long a turn waits for a server that nothing is known about. */
  listingTimeoutMs: number;
  onToolChange: ToolChangePolicy;
  /** Told once for every time that a server's tools are not what they were. */
  reportChange(server: string, tools: string[]): void;
  now(): number;
  addresses: LoginAddresses;
}

/** A turn, or somebody outside of one. */
export interface ServerUse {
  caller: Caller;
  /** The chat session; null outside of a chat. */
  sessionId: string | null;
  /** Null outside of a chat. */
  sessions: ToolSessions | null;
  /** The way to remote servers. */
  network: FetchLike;
  /** How the caller gets in to this one. */
  entry: ServerEntry;
  /** Told when a call shows that the caller has to log in. */
  onAuthRequired?: ((required: AuthRequired) => void) | undefined;
  signal: AbortSignal;
  waitUntil(promise: Promise<unknown>): void;
}

/**
 * A server as `stored` describes it, or as it describes itself now. What is stored and has had its time still serves this turn, while the
 * server is listed for the next one. Rejects only when the use is aborted.
 */
export async function loadServer(
  options: LoadOptions,
  use: ServerUse,
  server: McpServerConfig,
  stored: string | null,
): Promise<LinkedServer> {
  const { cache, memory, now, listingTimeoutMs: timeoutMs } = options;
  const { signal, sessions, entry } = use;
  const isPersonal = entry.principal !== '';
  const key = catalogueKey(options.namespace, server, entry.principal);
  const refusal = refuseServer(server, entry, options);
  const last = refusal ?? (await ownCatalogue(stored, key, isPersonal, options));
  const fetch = server.builtIn ? options.builtInFetch(use.caller, server.name, use.sessionId) : use.network;

  function keep(catalogue: Catalogue): Promise<void> {
    const value = JSON.stringify({ ...catalogue, ...(isPersonal && { of: key }) });
    return cache.write(key, value, FINGERPRINTS_MS / 1000).catch(() => {});
  }

  /** Lists the server and keeps what comes of it. All who want that in this isolate at the same time share one listing. */
  async function list(link: ServerLink, limits: { signal: AbortSignal }): Promise<Catalogue> {
    // Our own tools change with a deployment.
    const policy = server.builtIn ? 'allow' : options.onToolChange;
    const fingerprints = last?.fingerprints ?? {};
    const listing = listServer(link, { ...limits, timeoutMs, now, fingerprints, policy });
    memory.list(key, listing);
    try {
      const catalogue = await listing;
      use.waitUntil(keep(catalogue));
      const changed = catalogue.status === 'available' ? catalogue.changed : [];
      if (policy !== 'allow' && changed.length > 0) options.reportChange(server.name, changed);
      return catalogue;
    } finally {
      if (!server.builtIn) memory.forget(key);
    }
  }

  async function refresh(): Promise<void> {
    const mine = await cache.claim(`${key}:listing`, LISTING_CLAIM_SECONDS).catch(() => false);
    if (!mine || memory.listing(key)) return;
    const none = { onResume() {}, onCatalogueWrong() {}, onLoginNeeded() {} };
    const link = serverLink({ server, fetch, entry, chat: null, resume: null, ...none });
    try {
      await list(link, { signal: new AbortController().signal });
    } finally {
      await link.close();
    }
  }

  let known: AvailableCatalogue | null = null;
  function linkFrom(catalogue: Catalogue | null): ServerLink {
    known = availableOf(catalogue);
    return serverLink({
      server,
      fetch,
      entry,
      chat: sessions && { session: sessions.of(key), keep: (session) => sessions.keep(key, session) },
      resume: known?.resume ?? null,
      onResume(resume) {
        if (known) use.waitUntil(keep((known = { ...known, resume })));
      },
      onCatalogueWrong() {
        // The next turn asks the server again.
        if (known) use.waitUntil(keep({ ...known, expiresAt: 0 }));
        known = null;
      },
      onLoginNeeded(error) {
        use.waitUntil(keep(loginNeeded(error, now(), known?.fingerprints ?? {})));
        known = null;
        use.onAuthRequired?.(authRequired(server, { kind: error.kind }, options.addresses));
      },
    });
  }

  const age = refusal === null ? judgeAge(last, now()) : 'fresh';
  // A built-in server is in this isolate, and listed as soon as it is asked.
  if (last && (age === 'fresh' || (age === 'stale' && !server.builtIn))) {
    if (age === 'stale' && !memory.listing(key)) use.waitUntil(refresh());
    return { server, link: linkFrom(last), catalogue: last };
  }
  const underWay = memory.listing(key);
  const shared = underWay && (await awaitListing(underWay, { signal, timeoutMs }));
  if (shared && judgeAge(shared, now()) === 'fresh') return { server, link: linkFrom(shared), catalogue: shared };

  const link = linkFrom(null);
  try {
    const catalogue = await list(link, { signal });
    known = availableOf(catalogue);
    return { server, link, catalogue };
  } finally {
    if (!known) await link.close();
  }
}

function availableOf(catalogue: Catalogue | null): AvailableCatalogue | null {
  return catalogue?.status === 'available' ? catalogue : null;
}
