import { LoginNeededError } from '../logins/login-errors.ts';
import type { AvailableCatalogue, CatalogueTool, Resume } from './catalogue.ts';
import {
  openConnection,
  type CallOptions,
  type McpConnection,
  type OpenOptions,
  type RequestLimits,
} from './mcp-connection.ts';
import { isCatalogueWrong, isStale } from './mcp-failure.ts';
import type { PinnedSession } from './tool-sessions.ts';

type Listing = Awaited<ReturnType<McpConnection['listTools']>>;
type Answer = Awaited<ReturnType<McpConnection['callTool']>>;

/** One turn's way to one server: opened by the first request, shared by all, closed at the end of the turn. */
export interface ServerLink {
  /** Rejects with the client's errors, and with the signal's reason when that is aborted. */
  list(limits: RequestLimits): Promise<Listing & { resume: Resume }>;
  call(tool: CatalogueTool, input: Record<string, unknown>, options: CallOptions): Promise<Answer>;
  /** Does `work`, and once more over a new connection when the server turned the first one down before it did anything. */
  ask<T>(work: (connection: McpConnection) => Promise<T>, limits: RequestLimits): Promise<T>;
  close(): Promise<void>;
}

export interface LinkOptions extends Pick<OpenOptions, 'server' | 'fetch' | 'entry'> {
  /** What the chat has at this server, and where a change of it is told; null outside of a chat. */
  chat: { session: PinnedSession | null; keep(session: PinnedSession | null): void } | null;
  resume: AvailableCatalogue['resume'] | null;
  /** Told what the next turn can resume from, when a call has opened a connection that differs from `resume`. */
  onResume(resume: Resume): void;
  /** Told when the server does not know a tool that its catalogue promised. */
  onCatalogueWrong(): void;
  /** Told when a call showed that the caller has to log in. */
  onLoginNeeded(error: LoginNeededError): void;
}

export function serverLink({
  resume,
  chat,
  onResume,
  onCatalogueWrong,
  onLoginNeeded,
  ...target
}: LinkOptions): ServerLink {
  const lifetime = new AbortController();
  /** Stale or cut. Other calls may still wait for their answers on it: it is closed with the rest. */
  const retired = new Set<McpConnection>();
  let opening: Promise<McpConnection> | null = null;
  let session = chat?.session ?? null;

  function open(from: Resume | null, timeoutMs: number): Promise<McpConnection> {
    const keepsSession = chat !== null;
    const opened = openConnection({
      ...target,
      resume: from,
      session,
      keepsSession,
      timeoutMs,
      signal: lifetime.signal,
    });
    opening = opened;
    void settled(opened);
    return opened;
  }

  async function settled(opened: Promise<McpConnection>): Promise<void> {
    try {
      const connection = await opened;
      if (JSON.stringify(connection.resume) !== JSON.stringify(resume)) onResume(connection.resume);
      keep(connection.session);
    } catch {
      // Whoever waits for it gets the reason; the next call tries again.
      if (opening === opened) opening = null;
    }
  }

  function keep(present: PinnedSession | null): void {
    if (present?.id === session?.id) return;
    session = present;
    chat?.keep(present);
  }

  async function connection({ signal, timeoutMs }: RequestLimits): Promise<McpConnection> {
    return orAborted(opening ?? open(resume, timeoutMs), signal);
  }

  /** A connection in place of one that cannot be used any more; calls that notice it at the same time share the new one. */
  async function renewed(old: McpConnection, limits: RequestLimits): Promise<McpConnection> {
    if (retired.has(old)) return connection(limits);
    retired.add(old);
    if (!old.cut) keep(null);
    return orAborted(open(old.cut ? old.resume : sameEra(old.resume), limits.timeoutMs), limits.signal);
  }

  async function ask<T>(work: (connection: McpConnection) => Promise<T>, limits: RequestLimits): Promise<T> {
    const known = await connection(limits);
    const opened = known.cut ? await renewed(known, limits) : known;
    try {
      return await work(opened);
    } catch (error) {
      if (!opened.mayBeStale || !isStale(error)) throw error;
      return work(await renewed(opened, limits));
    }
  }

  return {
    async list(limits) {
      const opened = await connection(limits);
      return { ...(await opened.listTools(limits)), resume: opened.resume };
    },
    async call(tool, input, options) {
      try {
        return await ask((connection) => connection.callTool(tool, input, options), options);
      } catch (error) {
        if (isCatalogueWrong(error)) onCatalogueWrong();
        if (error instanceof LoginNeededError) onLoginNeeded(error);
        throw error;
      }
    },
    ask,
    async close() {
      // A session that belongs to no chat is ended while its connection still stands.
      if (chat !== null) lifetime.abort();
      const last = await opening?.catch(() => null);
      await Promise.all([...retired, ...(last ? [last] : [])].map((connection) => connection.close()));
      lifetime.abort();
    },
  };
}

/** A server whose session is gone most likely speaks what it spoke; one that refuses the present protocol has to be asked. */
function sameEra({ era }: Resume): Resume | null {
  return era === 'legacy' ? { era } : null;
}

/** `work`, given up when `signal` is aborted. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
