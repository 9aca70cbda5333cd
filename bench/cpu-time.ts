import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Edgewise's work goes on after its streams are closed: the archive. */
const AFTERWARDS_MS = 500;

/** Milliseconds of CPU that a process uses for `work` and what it leaves behind; NaN where the system does not tell (anything but Linux). */
export async function cpuMsOf(pid: number, work: () => Promise<unknown>): Promise<number> {
  await sleep(AFTERWARDS_MS);
  const before = await cpuTimeMs(pid);
  await work();
  await sleep(AFTERWARDS_MS);
  return (await cpuTimeMs(pid)) - before;
}

/** What all threads have used so far. */
async function cpuTimeMs(pid: number): Promise<number> {
  try {
    const threads = await readdir(`/proc/${pid}/task`);
    const times = await Promise.all(threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8')));
    // Nanoseconds on the CPU, nanoseconds of waiting for it, and how often it was given.
    return times.reduce((sum, time) => sum + Number(time.split(' ')[0]) / 1e6, 0);
  } catch {
    return Number.NaN;
  }
}
