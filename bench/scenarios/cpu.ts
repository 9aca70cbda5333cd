import { setTimeout as sleep } from 'node:timers/promises';
import { alternate } from '../alternate.ts';
import { cpuTimeMs } from '../cpu-time.ts';
import type { Harness } from '../harness.ts';
import { MODELS, wordsOf } from '../models.ts';
import { median } from '../percentile.ts';
import type { Scenario } from '../scenario.ts';
import { streamCrowd, warmSessions } from '../stream-crowd.ts';
import type { Target } from '../target.ts';

const STREAMS = 20;
/** Edgewise's work goes on after the streams are closed: the archive. */
const AFTERWARDS_MS = 500;

export const cpu: Scenario = async (harness, { quick, progress }) => {
  const long = quick ? MODELS.longQuick : MODELS.long;
  const ours: number[] = [];
  const bare: number[] = [];
  const round = async (target: Target, results: number[]): Promise<void> => {
    progress(`${target.name}, round ${results.length + 1}`);
    results.push(await cpuMsPerThousandTokens(harness, target, long));
  };
  await alternate(
    quick ? 2 : 7,
    () => round(harness.edgewise, ours),
    () => round(harness.bareProxy, bare),
  );
  // The first round of each finds code that is not yet compiled.
  const [warmOurs, warmBare] = [ours.slice(1), bare.slice(1)];
  const ratios = warmOurs.map((value, index) => value / (warmBare[index] ?? Number.NaN));
  return [
    {
      title: 'CPU of workerd, ms per 1,000 tokens',
      columns: ['', 'bare proxy', 'Edgewise', 'ratio'],
      rows: [
        ['median', median(warmBare), median(warmOurs), median(ratios)],
        ['lowest', Math.min(...warmBare), Math.min(...warmOurs), Math.min(...ratios)],
        ['highest', Math.max(...warmBare), Math.max(...warmOurs), Math.max(...ratios)],
      ],
      notes: [
        `${STREAMS} streams at once, ${long}; ${warmOurs.length} rounds of each, in turns, after one that is not counted.`,
        'All threads of the process. In Edgewise it includes rate limits, journal, memory and archive.',
      ],
    },
  ];
};

async function cpuMsPerThousandTokens({ model }: Harness, target: Target, long: string): Promise<number> {
  const sessions = await warmSessions(model, target, STREAMS, MODELS.short);
  await sleep(AFTERWARDS_MS);
  const before = await cpuTimeMs(target.worker.pid);
  await streamCrowd(model, target, sessions, long);
  await sleep(AFTERWARDS_MS);
  const after = await cpuTimeMs(target.worker.pid);
  if (before === null || after === null) return Number.NaN;
  return ((after - before) * 1000) / (STREAMS * wordsOf(long));
}
