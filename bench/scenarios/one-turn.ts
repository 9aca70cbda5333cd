import { alternate } from '../alternate.ts';
import { awaitQuiet } from '../await-quiet.ts';
import type { Harness } from '../harness.ts';
import { MODELS } from '../models.ts';
import { median, percentile } from '../percentile.ts';
import type { RunOptions, Scenario } from '../scenario.ts';
import { streamTurn, type MeasuredTurn } from '../stream-turn.ts';
import type { Target } from '../target.ts';
import { firstTokenMs, totalMs } from '../turn-times.ts';

/** A Redis and a tool server in the same region, there and back. */
const LATENCY_MS = 20;
const WARM_UP_TURNS = 6;

interface Result {
  turns: MeasuredTurn[];
  redisRequests: number;
  redisCommands: number;
  mcpRequests: number;
}

export const oneTurn: Scenario = async (harness, options) => {
  const { targets, bareProxy, redis, mcp } = harness;
  const rows: (string | number)[][] = [];
  redis.setLatency(LATENCY_MS);
  mcp.setLatency(LATENCY_MS);
  try {
    rows.push(...(await measure(harness, targets, ['one answer', MODELS.short], options)));
    const withTools = targets.filter((target) => target !== bareProxy);
    rows.push(...(await measure(harness, withTools, ['a tool call', MODELS.tool], options)));
  } finally {
    redis.setLatency(0);
    mcp.setLatency(0);
  }
  return {
    tables: [
      {
        title: 'One warm turn',
        columns: [
          'turn',
          'first token ms p50',
          'p99',
          'total ms p50',
          'p99',
          'Redis requests',
          'Redis commands',
          'MCP requests',
        ],
        rows,
        notes: [
          `Redis and the tool server are ${LATENCY_MS} ms away; ${MODELS.short} and ${MODELS.tool}; requests are means of one turn, archive included.`,
          "Plain streamText calls a function of its own Worker, so it has no tool server's latency in its time.",
        ],
      },
    ],
  };
};

async function measure(
  { redis, mcp, model }: Harness,
  targets: readonly Target[],
  [kind, modelName]: [string, string],
  { quick, progress }: RunOptions,
): Promise<(string | number)[][]> {
  const results = new Map<Target, Result>();
  const runs = [];
  for (const target of targets) {
    const result: Result = { turns: [], redisRequests: 0, redisCommands: 0, mcpRequests: 0 };
    results.set(target, result);
    const session = await target.newSession();
    for (let turn = 0; turn < WARM_UP_TURNS; turn += 1) await streamTurn(model, target, session, modelName);
    runs.push(async () => {
      progress(`${kind}, ${target.name}`);
      await awaitQuiet(redis.requests);
      redis.requests.length = 0;
      mcp.requests.length = 0;
      for (let turn = 0; turn < (quick ? 5 : 20); turn += 1) {
        result.turns.push(await streamTurn(model, target, session, modelName));
      }
      await awaitQuiet(redis.requests);
      result.redisRequests += redis.requests.length;
      result.redisCommands += redis.requests.reduce((sum, { commands }) => sum + commands.length, 0);
      result.mcpRequests += mcp.requests.length;
    });
  }
  await alternate(quick ? 1 : 2, runs);
  return [...results].map(([target, { turns, redisRequests, redisCommands, mcpRequests }]) => {
    const [first, total] = [turns.map(firstTokenMs), turns.map(totalMs)];
    const counts = [redisRequests, redisCommands, mcpRequests].map((count) => count / turns.length);
    const times = [median(first), percentile(first, 99), median(total), percentile(total, 99)];
    return [`${kind}: ${target.name}`, ...times, ...counts];
  });
}
