import { alternate } from '../alternate.ts';
import { cpuMsOf } from '../cpu-time.ts';
import type { Harness } from '../harness.ts';
import { MODELS, wordsOf } from '../models.ts';
import { median, percentile } from '../percentile.ts';
import type { RunOptions, Scenario } from '../scenario.ts';
import { streamCrowd, warmSessions } from '../stream-crowd.ts';
import type { MeasuredTurn } from '../stream-turn.ts';
import type { Target } from '../target.ts';
import { gapsMs, lagsMs } from '../turn-times.ts';
import { watchMemory } from '../watch-memory.ts';

/** The first round of all finds code that is not yet compiled. */
const PLAN = [
  { streams: 50, rounds: 3, uncounted: 1 },
  { streams: 200, rounds: 1, uncounted: 0 },
  { streams: 1, rounds: 1, uncounted: 0 },
];
const QUICK_PLAN = [{ streams: 50, rounds: 1, uncounted: 1 }];

interface Round {
  turns: MeasuredTurn[];
  cpuMsPerThousandTokens: number;
  memoryMb: number;
}

export const crowd: Scenario = async (harness, options) => {
  const long = options.quick ? MODELS.longQuick : MODELS.long;
  const tables = [];
  let findings = {};
  for (const { streams, rounds, uncounted } of options.quick ? QUICK_PLAN : PLAN) {
    const all = await measure(harness, { streams, rounds: rounds + uncounted, long }, options);
    const counted = new Map([...all].map(([target, list]) => [target, list.slice(uncounted)]));
    const cpuOf = (target: Target): number =>
      median((counted.get(target) ?? []).map((round) => round.cpuMsPerThousandTokens));
    const [bare, plain, ours] = [harness.bareProxy, harness.plainStreamText, harness.edgewise].map(cpuOf);
    if (ours === undefined || bare === undefined || plain === undefined) throw new Error('A target is missing.');
    if (streams === 50) findings = { cpuToBareProxy: ours / bare, cpuToPlainStreamText: ours / plain };
    tables.push({
      title: `${streams} ${streams === 1 ? 'stream' : 'streams at once'} of 50 tokens/s`,
      columns: [
        'target',
        'CPU ms per 1,000 tokens',
        'x bare proxy',
        'x plain',
        'lag ms p50',
        'p99',
        'gap ms p50',
        'p99',
        'longest',
        'RSS MB',
      ],
      rows: [...counted].map(([target, list]) => rowOf(target, list, { cpu: cpuOf(target), bare, plain })),
      notes: [
        `${long}; ${rounds} rounds of each, in turns${uncounted > 0 ? ', after one that is not counted' : ''}; CPU is that of all threads, its median.`,
        'Lag: from the write of a word by the provider to its arrival. Gap: between two updates that a viewer sees.',
      ],
    });
  }
  return { tables, findings };
};

function rowOf(
  { name }: Target,
  rounds: readonly Round[],
  { cpu, bare, plain }: { cpu: number; bare: number; plain: number },
): (string | number)[] {
  const turns = rounds.flatMap((round) => round.turns);
  const [lags, gaps] = [turns.flatMap(lagsMs), turns.flatMap(gapsMs)];
  const memory = Math.max(...rounds.map((round) => round.memoryMb));
  return [
    name,
    cpu,
    cpu / bare,
    cpu / plain,
    median(lags),
    percentile(lags, 99),
    median(gaps),
    percentile(gaps, 99),
    percentile(gaps, 100),
    memory,
  ];
}

async function measure(
  { targets, model }: Harness,
  { streams, rounds, long }: { streams: number; rounds: number; long: string },
  { progress }: RunOptions,
): Promise<Map<Target, Round[]>> {
  const results = new Map<Target, Round[]>(targets.map((target) => [target, []]));
  const runs = [...results].map(([target, list]) => async (): Promise<void> => {
    progress(`${streams} streams, ${target.name}, round ${list.length + 1}`);
    const sessions = await warmSessions(model, target, streams, MODELS.short);
    let turns: MeasuredTurn[] = [];
    const mostMemory = watchMemory(target.worker.pid);
    const cpuMs = await cpuMsOf(target.worker.pid, async () => {
      turns = await streamCrowd(model, target, sessions, long);
    }).finally(mostMemory);
    const cpuMsPerThousandTokens = (cpuMs * 1000) / (streams * wordsOf(long));
    list.push({ turns, cpuMsPerThousandTokens, memoryMb: mostMemory() });
  });
  await alternate(rounds, runs);
  return results;
}
