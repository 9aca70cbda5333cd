import type { ToolSet } from 'ai';
import { onTestFinished } from 'vitest';
import { catalogueMemory } from '../../src/tools/catalogue-memory.ts';
import type { McpServerConfig } from '../../src/tools/mcp-servers.ts';
import { mcpToolHub, type McpToolHubOptions } from '../../src/tools/mcp-tool-hub.ts';
import type { OpenDirectory, ToolDirectory } from '../../src/tools/tool-directory.ts';
import type { PrepareTools, ToolHub, TurnTools } from '../../src/tools/tool-hub.ts';

const CALLER = { kind: 'anonymous', owner: 'anonymous:test' } as const;

export const remote = (name: string, url: string, headers: Record<string, string> = {}): McpServerConfig => ({
  name,
  url,
  headers,
  builtIn: false,
});

export interface HubUnderTest {
  /** What the cache holds, by key. */
  cache: Map<string, { value: string; ttlSeconds: number }>;
  clock: { now: number };
  /** Prepares a turn as the turn's conductor does, cached catalogues included; it is closed when the test ends. */
  turn(input?: Partial<PrepareTools>): Promise<TurnTools>;
  /** After what the latest turn does beside being a turn. */
  afterwards(): Promise<void>;
  /** Forgets a chat session, as whoever deletes it does. */
  endSessions(sessionId: string): Promise<void>;
  /** What all servers offer, outside of a turn; it is closed when the test ends. */
  open(input?: Partial<OpenDirectory>): Promise<ToolDirectory>;
}

/** A hub with a cache in memory and a clock that stands still. Every turn gets a new hub, as it would in another isolate. */
export function hubUnderTest(
  servers: readonly McpServerConfig[],
  options: Partial<McpToolHubOptions> = {},
): HubUnderTest {
  const cache: HubUnderTest['cache'] = new Map();
  const clock = { now: Date.parse('2026-11-21T12:00:00Z') };

  const claims = new Map<string, number>();
  let latest: readonly Promise<unknown>[] = [];

  const newHub = (): ToolHub =>
    mcpToolHub({
      servers,
      namespace: 'test',
      cache: {
        read: (keys) => Promise.resolve(keys.map((key) => cache.get(key)?.value ?? null)),
        async write(key, value, ttlSeconds) {
          cache.set(key, { value, ttlSeconds });
        },
        async claim(key, ttlSeconds) {
          if ((claims.get(key) ?? 0) > clock.now) return false;
          claims.set(key, clock.now + ttlSeconds * 1000);
          return true;
        },
        async remove(key) {
          cache.delete(key);
        },
      },
      builtInFetch: () => () => Promise.reject(new Error('There are no built-in servers here.')),
      fetch: (url, init) => fetch(url, init),
      development: true,
      onToolChange: 'report',
      memory: catalogueMemory(),
      reportChange: () => {},
      toolTimeoutMs: 5000,
      toolApproval: 'auto',
      seal: null,
      questionTtlMs: 60_000,
      sessionsKey: (sessionId) => `test:sessions:${sessionId}`,
      logins: { requestAuth: () => null },
      headersOf: () => null,
      addresses: { origin: 'https://edgewise.example' },
      now: () => clock.now,
      ...options,
    });

  return {
    cache,
    clock,
    async turn(input = {}) {
      const hub = newHub();
      const background: Promise<unknown>[] = [];
      const turn = await hub.prepare({
        caller: CALLER,
        sessionId: 'chat-1',
        serverNames: undefined,
        cached: hub.turnKeys(CALLER, input.sessionId ?? 'chat-1').map((key) => cache.get(key)?.value ?? null),
        signal: new AbortController().signal,
        waitUntil: (promise) => background.push(promise),
        ...input,
      });
      onTestFinished(async () => {
        await turn.close();
        await Promise.all(background);
      });
      latest = background;
      return turn;
    },
    async afterwards() {
      let done = 0;
      for (; done < latest.length; done++) await latest[done];
    },
    endSessions: (sessionId) => newHub().endSessions(CALLER, sessionId),
    async open(input = {}) {
      const background: Promise<unknown>[] = [];
      const directory = await newHub().open({
        caller: CALLER,
        serverNames: undefined,
        signal: new AbortController().signal,
        waitUntil: (promise) => background.push(promise),
        ...input,
      });
      onTestFinished(async () => {
        await directory.close();
        await Promise.all(background);
      });
      return directory;
    },
  };
}

/** Runs a tool as the AI SDK does. */
export async function run(
  tools: ToolSet,
  name: string,
  input: unknown = {},
  abortSignal?: AbortSignal,
): Promise<unknown> {
  const execute = tools[name]?.execute;
  if (!execute) throw new Error(`There is no tool ${name}.`);
  return execute(input, { toolCallId: 'call-1', messages: [], context: {}, ...(abortSignal && { abortSignal }) });
}
