import { alternate } from '../alternate.ts';
import { cpuMsOf } from '../cpu-time.ts';
import { MODELS, wordsOf } from '../models.ts';
import { median, percentile } from '../percentile.ts';
import type { Scenario } from '../scenario.ts';
import { streamTurn, type MeasuredTurn } from '../stream-turn.ts';
import type { Target } from '../target.ts';
import { gapsMs, tokensPerSecond } from '../turn-times.ts';
import { watchMemory } from '../watch-memory.ts';

interface Result {
  turns: MeasuredTurn[];
  cpuMsPerThousandTokens: number[];
  memoryMb: number[];
}

export const firehose: Scenario = async ({ targets, bareProxy, edgewise, model }, { quick, progress }) => {
  const results = new Map<Target, Result>(
    targets.map((target) => [target, { turns: [], cpuMsPerThousandTokens: [], memoryMb: [] }]),
  );
  const runs = [...results].map(([target, result]) => async (): Promise<void> => {
    progress(`${target.name}, round ${result.turns.length + 1}`);
    const session = await target.newSession();
    await streamTurn(model, target, session, MODELS.short);
    const mostMemory = watchMemory(target.worker.pid);
    const cpuMs = await cpuMsOf(target.worker.pid, async () => {
      result.turns.push(await streamTurn(model, target, session, MODELS.firehose));
    }).finally(mostMemory);
    result.cpuMsPerThousandTokens.push((cpuMs * 1000) / wordsOf(MODELS.firehose));
    result.memoryMb.push(mostMemory());
  });
  await alternate(quick ? 1 : 3, runs);

  const speedOf = (target: Target): number => median((results.get(target)?.turns ?? []).map(tokensPerSecond));
  const bareCpu = median(results.get(bareProxy)?.cpuMsPerThousandTokens ?? []);
  return {
    tables: [
      {
        title: `Firehose: ${wordsOf(MODELS.firehose)} tokens in one stream, as fast as it goes`,
        columns: ['target', 'tokens/s', 'CPU ms per 1,000 tokens', 'x bare proxy', 'gap ms p50', 'longest', 'RSS MB'],
        rows: [...results].map(([target, { turns, cpuMsPerThousandTokens, memoryMb }]) => {
          const gaps = turns.flatMap(gapsMs);
          const cpu = median(cpuMsPerThousandTokens);
          return [
            target.name,
            speedOf(target),
            cpu,
            cpu / bareCpu,
            median(gaps),
            percentile(gaps, 100),
            Math.max(...memoryMb),
          ];
        }),
        notes: [
          `${results.get(edgewise)?.turns.length} rounds of each, in turns; medians. The bare proxy shows what provider and client can do here.`,
        ],
      },
    ],
    findings: { firehose: speedOf(edgewise) },
  };
};
