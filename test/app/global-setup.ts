import type { TestProject } from 'vitest/node';
import { buildWorker, type BuildOptions } from '../../bench/build-worker.ts';
import { writeConfigWithoutDefine } from '../../bench/config-without-define.ts';
import { startServices } from '../../local/start-services.ts';

/** Where the Worker under test is bundled, once for all test files. */
export const TEST_WORKER_FOLDER = 'dist/test-worker';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The Worker's variables for the services that all app tests share. */
    vars: Record<string, string>;
  }
}

/** Starts the local services and bundles the Worker; each test file then runs workerd instances of its own on them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  process.env['LOCAL_MODEL_TOKENS_PER_SECOND'] ??= '0';
  const [services] = await Promise.all([startServices(), buildWorker(TEST_WORKER_FOLDER, buildOptions())]);
  project.provide('vars', services.vars);
  return () => services.close();
}

/** EDGEWISE_STREAMS=platform tests the Worker as it is without the in-memory streams, that is without wrangler.toml's `[define]`. */
function buildOptions(): BuildOptions {
  if (process.env['EDGEWISE_STREAMS'] !== 'platform') return {};
  const config = `${TEST_WORKER_FOLDER}-platform/wrangler.toml`;
  writeConfigWithoutDefine(config);
  return { entry: 'src/index.ts', config };
}
