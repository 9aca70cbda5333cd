import { readdir, readFile } from 'node:fs/promises';

/** Milliseconds of CPU that the threads of a process have used; null where the system does not tell (anything but Linux). */
export async function cpuTimeMs(pid: number): Promise<number | null> {
  try {
    const threads = await readdir(`/proc/${pid}/task`);
    const times = await Promise.all(threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8')));
    // Nanoseconds on the CPU, nanoseconds of waiting for it, and how often it was given.
    return times.reduce((sum, time) => sum + Number(time.split(' ')[0]) / 1e6, 0);
  } catch {
    return null;
  }
}
