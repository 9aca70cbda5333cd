import { inject } from 'vitest';
import { TEST_WORKER_FOLDER } from './global-setup.ts';
import { runWorkerd } from './run-workerd.ts';

export interface WorkerUnderTest {
  /** Without a slash at the end. */
  url: string;
  /** JSON lines that the Worker logged, as text. */
  logs(): string[];
  /** Runs the cron handler, as it would be some time from now. */
  cron(fromNowMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** The Worker's variables in tests: the shared services, no rate limit that is met by accident, and keys of its own in Redis. */
export function testVars(more: Record<string, string>): Record<string, string> {
  const namespace = `test-${crypto.randomUUID()}`;
  return {
    ...inject('vars'),
    RATE_RPS: '100000',
    RATE_BURST: '100000',
    MAX_CONCURRENT_TURNS: '10000',
    HISTORY_NAMESPACE: namespace,
    LOG_LEVEL: 'debug',
    ...more,
  };
}

/** The Worker in workerd, behind a real port. A developer's `.dev.vars` is not read. */
export async function startWorker(vars: Record<string, string> = {}): Promise<WorkerUnderTest> {
  const logs: string[] = [];
  const miniflare = runWorkerd(TEST_WORKER_FOLDER, testVars(vars), (line) => logs.push(line));
  const url = await miniflare.ready;
  return {
    url: url.href.replace(/\/$/, ''),
    logs: () => logs,
    async cron(fromNowMs = 0) {
      const worker = await miniflare.getWorker();
      await worker.scheduled({ cron: '* * * * *', scheduledTime: new Date(Date.now() + fromNowMs) });
    },
    close: () => miniflare.dispose(),
  };
}
