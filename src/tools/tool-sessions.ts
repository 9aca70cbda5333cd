import { z } from 'zod';
import type { CatalogueCache } from './catalogue-cache.ts';
import { TOOL_SESSIONS_MS } from './tool-limits.ts';

/** A session at a server of the 2025 protocol. */
const pinnedSession = z.object({ id: z.string(), protocolVersion: z.string() });
export type PinnedSession = z.infer<typeof pinnedSession>;

const storedSchema = z.record(z.string(), pinnedSession);

/**
 * The sessions that one chat has at servers. A session holds state, and tells requests apart by numbers that start anew with every turn: it
 * belongs to one chat, whose turns come one after the other. Servers are named by their catalogue's key.
 */
export interface ToolSessions {
  of(catalogueKey: string): PinnedSession | null;
  /** Null forgets it. */
  keep(catalogueKey: string, session: PinnedSession | null): void;
}

/** What `stored` says, and what changes is written under `key`. */
export function toolSessions(
  stored: string | null,
  key: string,
  cache: CatalogueCache,
  waitUntil: (promise: Promise<unknown>) => void,
): ToolSessions {
  let sessions = parseToolSessions(stored);
  let written: Promise<unknown> = Promise.resolve();
  return {
    of: (server) => sessions[server] ?? null,
    keep(server, session) {
      const { [server]: _, ...others } = sessions;
      sessions = session ? { ...others, [server]: session } : others;
      const value = JSON.stringify(sessions);
      // One write after the other: the last one counts.
      written = written.then(() => cache.write(key, value, TOOL_SESSIONS_MS / 1000)).catch(() => {});
      waitUntil(written);
    },
  };
}

/** By catalogue key; empty when nothing is stored, or nothing that can be used. */
export function parseToolSessions(text: string | null): Readonly<Record<string, PinnedSession>> {
  if (text === null) return {};
  try {
    return storedSchema.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}
