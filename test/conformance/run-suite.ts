import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const suite = join(dirname(require.resolve('@modelcontextprotocol/conformance/package.json')), 'dist/index.js');
const loopbackOnly = pathToFileURL('test/fakes/loopback-only.mjs').href;

/** Runs the official conformance suite against the baseline; what it prints, and its exit code: 0 when only the expected fails. */
export async function runSuite(args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const baseline = ['--expected-failures', 'test/conformance/expected-failures.yml'];
  const child = spawn(process.execPath, ['--import', loopbackOnly, suite, ...args, ...baseline], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, output };
}
