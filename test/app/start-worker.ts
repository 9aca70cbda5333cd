import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { inject } from 'vitest';
import { createTestHarness } from 'wrangler';
import { TEST_WORKER_FOLDER } from './global-setup.ts';

export interface WorkerUnderTest {
  /** Without a slash at the end. */
  url: string;
  /** JSON lines that the Worker logged, as text. */
  logs(): string[];
  /** Runs the cron handler, as it would be some time from now. */
  cron(fromNowMs?: number): Promise<void>;
  close(): Promise<void>;
}

const config = readFileSync('wrangler.toml', 'utf8');
const setting = (name: string) => new RegExp(`^${name} = "([^"]+)"`, 'm').exec(config)?.[1] ?? '';
const flags = /^compatibility_flags = \[(.*)\]/m.exec(config)?.[1] ?? '';

/** A rate limit that no test meets by accident. */
const UNLIMITED = { RATE_RPS: '100000', RATE_BURST: '100000' };

/**
 * The bundled Worker in workerd, behind a real port. Every instance has its own keys in the shared Redis. The settings are those of
 * wrangler.toml; a developer's `.dev.vars` is not read.
 */
export async function startWorker(vars: Record<string, string> = {}): Promise<WorkerUnderTest> {
  const harness = createTestHarness({
    workers: [
      {
        config: {
          name: 'edgewise-under-test',
          main: resolve(TEST_WORKER_FOLDER, 'index.js'),
          no_bundle: true,
          compatibility_date: setting('compatibility_date'),
          compatibility_flags: flags.split(',').map((flag) => flag.trim().replaceAll('"', '')),
          vars: {
            ...inject('vars'),
            ...UNLIMITED,
            HISTORY_NAMESPACE: `test-${crypto.randomUUID()}`,
            LOG_LEVEL: 'debug',
            ...vars,
          },
        },
      },
    ],
  });
  const { url } = await harness.listen();
  return {
    url: url.href.replace(/\/$/, ''),
    logs: () => harness.getLogs().map(({ message }) => message),
    async cron(fromNowMs = 0) {
      await harness.getWorker().scheduled({ cron: '* * * * *', scheduledTime: new Date(Date.now() + fromNowMs) });
    },
    close: () => harness.close(),
  };
}
