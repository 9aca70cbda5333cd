import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { alternate } from '../alternate.ts';
import { profileStartup } from '../build-worker.ts';
import { EDGEWISE_FOLDER, type Harness } from '../harness.ts';
import { measureBundle } from '../measure-bundle.ts';
import { median } from '../percentile.ts';
import type { Scenario } from '../scenario.ts';
import type { TargetName } from '../target.ts';

const PROFILE = 'dist/bench/startup.cpuprofile';

export const sizeAndStart: Scenario = async (harness, { quick, progress }) => {
  const { rawBytes, gzipBytes } = await measureBundle(EDGEWISE_FOLDER);
  progress('profile of the start');
  await profileStartup(PROFILE);

  const starts = new Map(harness.targets.map(({ name }): [TargetName, number[]] => [name, []]));
  const runs = [...starts].map(
    ([name, times]) =>
      async () =>
        void times.push(await timeToFirstResponse(harness, name, progress)),
  );
  await alternate(quick ? 2 : 10, runs);
  const bareStart = median(starts.get('bare proxy') ?? []);
  return {
    tables: [
      {
        title: 'Size and CPU of the start',
        columns: ['Edgewise', 'value'],
        rows: [
          ['bundle, KiB', rawBytes / 1024],
          ['bundle after gzip, KiB', gzipBytes / 1024],
          ['CPU of the start-up phase, ms', await activeMs(PROFILE)],
        ],
        notes: [
          'The start-up phase is the one that `wrangler check startup` profiles, once and without what its profile calls idle.',
        ],
      },
      {
        title: 'Cold start: a fresh process to its first response, ms',
        columns: ['target', 'p50', 'added to the bare proxy'],
        rows: [...starts].map(([name, times]) => [name, median(times), median(times) - bareStart]),
        notes: [`A 404 of a workerd that has just been started; ${quick ? 2 : 10} of each, in turns.`],
      },
    ],
  };
};

async function timeToFirstResponse(
  { startFresh }: Harness,
  name: TargetName,
  progress: (text: string) => void,
): Promise<number> {
  progress(`a fresh process: ${name}`);
  const worker = await startFresh(name);
  try {
    const response = await fetch(`${worker.url}/nothing`);
    await response.arrayBuffer();
    return performance.now() - worker.spawnedAt;
  } finally {
    await worker.close();
  }
}

/** The part of V8's CPU profile that the inspector writes which is read here. Times are in microseconds. */
const profileSchema = z.object({
  nodes: z.array(z.object({ id: z.number(), callFrame: z.object({ functionName: z.string() }) })),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});

async function activeMs(file: string): Promise<number> {
  const { nodes, samples, timeDeltas } = profileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const idle = new Set(nodes.filter(({ callFrame }) => callFrame.functionName === '(idle)').map(({ id }) => id));
  const active = timeDeltas.filter((_, index) => !idle.has(samples[index] ?? -1));
  return active.reduce((sum, delta) => sum + delta / 1000, 0);
}
