import { mkdirSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export const WORKER_FOLDER = 'dist/worker';

const wrangler = join(dirname(createRequire(import.meta.url).resolve('wrangler/package.json')), 'bin', 'wrangler.js');

/** What is built otherwise than `wrangler deploy` would. */
export interface BuildOptions {
  entry?: string;
  /** In place of wrangler.toml. */
  config?: string;
  /** Beside what the configuration defines. */
  define?: Record<string, string>;
}

/** Bundles a Worker as `wrangler deploy` would, without deploying it. Rejects with wrangler's own words. */
export async function buildWorker(
  folder = WORKER_FOLDER,
  { entry, config, define = {} }: BuildOptions = {},
): Promise<void> {
  // wrangler refuses to bundle without the pages' folder, which a fresh checkout does not have.
  mkdirSync('dist/pages', { recursive: true });
  const script = entry === undefined ? [] : [entry];
  const settings = config === undefined ? [] : ['--config', config];
  const defines = Object.entries(define).flatMap(([name, value]) => ['--define', `${name}:${value}`]);
  // It leaves what an earlier build wrote under other names.
  rmSync(folder, { recursive: true, force: true });
  await runWrangler(['deploy', ...script, ...settings, ...defines, '--dry-run', '--outdir', folder]);
}

/** Writes the CPU profile of the Worker's start on this machine. */
export async function profileStartup(file: string): Promise<void> {
  await runWrangler(['check', 'startup', '--outfile', file]);
}

async function runWrangler(args: string[]): Promise<void> {
  const env = { ...process.env, WRANGLER_SEND_METRICS: 'false' };
  const child = spawn(process.execPath, [wrangler, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`wrangler ${args[0]} failed:\n${output}`);
}
