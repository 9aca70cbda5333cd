import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { TEST_WORKER_FOLDER } from './global-setup.ts';
import { testVars } from './start-worker.ts';

export interface MortalWorker {
  url: string;
  /** SIGKILL to workerd and everything around it: nothing gets to clean up. */
  kill(): void;
}

/** The Worker in a process of its own. */
export async function spawnWorker(vars: Record<string, string>): Promise<MortalWorker> {
  const args = ['test/app/worker-process.ts', TEST_WORKER_FOLDER, JSON.stringify(testVars(vars))];
  // A process group of its own, so that workerd, its child, dies at the same moment.
  const child = spawn(process.execPath, args, { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`The Worker's process ended with ${code}.`))),
  ]);
  return {
    url: String(line).replace(/\/$/, ''),
    kill() {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    },
  };
}
