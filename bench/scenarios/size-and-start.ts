import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { alternate } from '../alternate.ts';
import { profileStartup } from '../build-worker.ts';
import { EDGEWISE_FOLDER, type Harness } from '../harness.ts';
import { measureBundle } from '../measure-bundle.ts';
import { median } from '../percentile.ts';
import type { Scenario } from '../scenario.ts';
import type { Target } from '../target.ts';

const PROFILE = 'dist/bench/startup.cpuprofile';

export const sizeAndStart: Scenario = async (harness, { quick, progress }) => {
  const { rawBytes, gzipBytes } = await measureBundle(EDGEWISE_FOLDER);
  progress('profile of the start');
  await profileStartup(PROFILE);

  const ours: number[] = [];
  const bare: number[] = [];
  await alternate(
    quick ? 3 : 15,
    async () => void ours.push(await timeToFirstResponse(harness, 'Edgewise', progress)),
    async () => void bare.push(await timeToFirstResponse(harness, 'bare proxy', progress)),
  );
  const [ourStart, bareStart] = [median(ours), median(bare)];
  return [
    {
      title: 'Size and start',
      columns: ['', 'value'],
      rows: [
        ['bundle, KiB', rawBytes / 1024],
        ['bundle after gzip, KiB', gzipBytes / 1024],
        ['CPU of the start-up phase, ms', await activeMs(PROFILE)],
        ['fresh process to first response, p50 ms', ourStart],
        ['the same for the bare proxy, p50 ms', bareStart],
        ['added by Edgewise, ms', ourStart - bareStart],
      ],
      notes: [
        'The start-up phase is the one that `wrangler check startup` profiles, once and without what its profile calls idle.',
        `The first response is a 404 of a workerd that has just been started; ${ours.length} of each, in turns.`,
      ],
    },
  ];
};

async function timeToFirstResponse(
  { startFresh }: Harness,
  name: Target['name'],
  progress: (text: string) => void,
): Promise<number> {
  progress(`a fresh process: ${name}`);
  const worker = await startFresh[name]();
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
