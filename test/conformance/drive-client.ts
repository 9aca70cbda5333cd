import { z } from 'zod';
import type { AppContext } from '../../src/http/context.ts';
import type { ServicesFactory } from '../../src/wiring.ts';

const orderSchema = z.object({ serverUrl: z.url(), scenario: z.string(), context: z.unknown() });

/** What tools of the suite's servers want to be called with; the others take nothing. */
const INPUTS: Record<string, unknown> = { add_numbers: { a: 5, b: 3 } };

/**
 * Does what a turn does with the suite's server as its only remote one, from the configuration on: its tools are prepared, and each is
 * called once. Answers what went wrong, and nothing when nothing did.
 */
export async function driveClient(
  order: unknown,
  makeServices: ServicesFactory,
  { env, executionCtx, req }: Pick<AppContext, 'env' | 'executionCtx' | 'req'>,
): Promise<{ problems: string[] }> {
  const { serverUrl } = orderSchema.parse(order);
  const mcpServers = { suite: { url: serverUrl } };
  const { tools: hub, waitUntil } = makeServices({ ...env, MCP_SERVERS: JSON.stringify({ mcpServers }) }, executionCtx);
  const turn = await hub.prepare({
    caller: { kind: 'anonymous', owner: 'conformance' },
    sessionId: crypto.randomUUID(),
    serverNames: ['suite'],
    cached: [],
    signal: req.raw.signal,
    waitUntil,
  });
  try {
    const problems = turn.unavailable.map(({ server, reason }) => `${server} ${reason}`);
    for (const [name, tool] of Object.entries(turn.tools)) {
      const input = INPUTS[name.replace('suite__', '')] ?? {};
      await tool.execute?.(input, { toolCallId: name, messages: [], context: {} });
    }
    return { problems };
  } catch (error) {
    return { problems: [String(error)] };
  } finally {
    await turn.close();
  }
}
