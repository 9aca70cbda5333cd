import type { ExecutionContext } from 'hono';
import { z } from 'zod';
import { createApp } from '../../src/app.ts';
import { ownerNamed } from '../../src/auth/caller.ts';
import { hashText } from '../../src/auth/hash-text.ts';
import { AppError } from '../../src/errors.ts';
import type { TurnTools } from '../../src/tools/tool-hub.ts';
import type { ServicesFactory } from '../../src/wiring.ts';
import { suiteAccess } from './suite-access.ts';
import { suiteVisitor } from './suite-visitor.ts';

const orderSchema = z.object({ serverUrl: z.url(), scenario: z.string(), context: z.unknown() });

/** What tools of the suite's servers want to be called with; the others take nothing. */
const INPUTS: Record<string, unknown> = { add_numbers: { a: 5, b: 3 } };
/** How often a person would log in for one thing that they want. */
const LOGINS_MAX = 3;
/** Where the suite's authorization servers find us. */
const ORIGIN = 'https://conformance-test.local';

/**
 * Does what turns do with the suite's server as their only remote one, from the configuration on: its tools are prepared, and each is
 * called once. Where a login is needed, it is gone through at our routes, and the next turn tries again. Answers what went wrong.
 */
export async function driveClient(
  order: unknown,
  makeServices: ServicesFactory,
  { env, executionCtx }: { env: Record<string, unknown>; executionCtx: ExecutionContext },
): Promise<{ problems: string[] }> {
  const { serverUrl, scenario, context } = orderSchema.parse(order);
  const auth = suiteAccess(scenario, context);
  const mcpServers = { suite: { url: serverUrl, ...(auth && { auth }) } };
  const own = { ...env, PUBLIC_URL: ORIGIN, MCP_SERVERS: JSON.stringify({ mcpServers }) };
  const { tools: hub, waitUntil } = makeServices(own, executionCtx);
  const app = createApp(makeServices);
  const visitor = suiteVisitor((path, headers) => app.request(path, { headers }, own, executionCtx));
  const caller = { kind: 'anonymous', owner: ownerNamed('anonymous', await hashText(visitor.name)) } as const;
  const called = new Set<string>();

  async function oneTurn(): Promise<{ problems: string[]; locked: boolean }> {
    const turn = await hub.prepare({
      caller,
      sessionId: crypto.randomUUID(),
      serverNames: ['suite'],
      cached: [],
      signal: new AbortController().signal,
      waitUntil,
    });
    try {
      const problems = turn.unavailable.map(({ server, reason }) => `${server} ${reason}`);
      if (turn.authRequired.length > 0) return { problems, locked: true };
      await callEach(turn, called);
      return { problems, locked: false };
    } catch (error) {
      const locked = error instanceof AppError && error.code === 'login_required';
      return { problems: [String(error)], locked };
    } finally {
      await turn.close();
    }
  }

  for (let logins = 0; ; logins++) {
    const { problems, locked } = await oneTurn();
    if (!locked || logins === LOGINS_MAX) return { problems };
    await visitor.logIn('/oauth/login/suite');
  }
}

async function callEach({ tools }: TurnTools, called: Set<string>): Promise<void> {
  for (const [name, tool] of Object.entries(tools)) {
    if (called.has(name)) continue;
    await tool.execute?.(INPUTS[name.replace('suite__', '')] ?? {}, { toolCallId: name, messages: [], context: {} });
    called.add(name);
  }
}
