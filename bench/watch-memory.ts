import { readFileSync } from 'node:fs';

const EVERY_MS = 100;

/** Looks at the memory of a process until the returned function is called, which tells the most, in MB; NaN where the system does not tell. */
export function watchMemory(pid: number): () => number {
  let most = Number.NaN;
  const look = (): void => {
    const now = residentMb(pid);
    most = Number.isNaN(most) ? now : Math.max(most, now);
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  return () => {
    clearInterval(timer);
    look();
    return most;
  };
}

function residentMb(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
