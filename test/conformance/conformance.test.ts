import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWorker } from '../../bench/build-worker.ts';
import { runWorkerd } from '../app/run-workerd.ts';
import { testVars } from '../app/start-worker.ts';
import { runSuite } from './run-suite.ts';

const FOLDER = 'dist/conformance-worker';

let worker: ReturnType<typeof runWorkerd>;
let url: string;
beforeAll(async () => {
  await buildWorker(FOLDER, { entry: 'test/conformance/index.ts' });
  worker = runWorkerd(FOLDER, testVars({ ENVIRONMENT: 'development', TOOL_TIMEOUT_SECONDS: '5' }), () => {});
  url = (await worker.ready).href.replace(/\/$/, '');
});
afterAll(() => worker.dispose());

test('what we serve conforms to the protocol, but for the documented exceptions', { timeout: 60_000 }, async () => {
  const { code, output } = await runSuite(['server', '--url', `${url}/mcp`]);
  expect(code, output).toBe(0);
});

// One after the other, where the clock is looked at; the others of a suite start all at once.
test.each([
  ['--scenario', 'initialize'],
  ['--scenario', 'tools_call'],
  ['--scenario', 'sse-retry'],
  ['--scenario', 'elicitation-sep1034-client-defaults'],
  ['--suite', 'auth'],
  ['--suite', 'backcompat'],
  ['--suite', 'extensions'],
  ['--suite', 'draft'],
])('what we ask of others conforms, but for the documented exceptions: %s %s', { timeout: 60_000 }, async (...what) => {
  const command = `${process.execPath} test/conformance/client-command.mjs ${url}`;
  const { code, output } = await runSuite(['client', ...what, '--command', command]);
  expect(code, output).toBe(0);
});
