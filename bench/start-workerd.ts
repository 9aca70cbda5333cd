import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { workerdConfig } from './workerd-config.ts';

export interface WorkerProcess {
  /** Without a slash at the end. */
  url: string;
  pid: number;
  /** By performance.now(). */
  spawnedAt: number;
  close(): Promise<void>;
}

/**
 * Runs a bundle in a workerd of its own, with nothing in between: wrangler's and Miniflare's servers put a Worker or a Node process
 * of theirs in front, and here their time and their CPU would count as ours.
 */
export async function startWorkerd(folder: string, vars: Record<string, string>): Promise<WorkerProcess> {
  const config = join(folder, 'workerd.capnp');
  await writeFile(config, workerdConfig(folder, vars));
  const spawnedAt = performance.now();
  const child = spawn(workerdPath(), ['serve', config, '--control-fd=3'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const [, , stderr, control] = child.stdio;
  let said = '';
  stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)));

  const kill = (): void => void child.kill('SIGKILL');
  process.on('exit', kill);
  const ended = once(child, 'exit').then(() => process.off('exit', kill));
  const port = await Promise.race([listeningPort(readable(control)), ended.then(() => null)]);
  if (port === null || child.pid === undefined) throw new Error(`workerd did not start:\n${said}`);
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid,
    spawnedAt,
    async close() {
      // Asked politely it would first finish the streams that are open.
      kill();
      await ended;
    },
  };
}

/** The one that wrangler brings. */
function workerdPath(): string {
  const wrangler = createRequire(createRequire(import.meta.url).resolve('wrangler/package.json'));
  const miniflare = createRequire(wrangler.resolve('miniflare'));
  return workerdModule(miniflare('workerd')).default;
}

/** Of a module that has no types: its main file exports the path of the program. */
function workerdModule(module: unknown): { default: string } {
  return module as { default: string };
}

/** Typed as possibly writable by Node; a piped descriptor of a child is both. */
function readable(stream: unknown): Readable {
  return stream as Readable;
}

async function listeningPort(control: Readable): Promise<number> {
  const [line]: unknown[] = await once(control.setEncoding('utf8'), 'data');
  const port = /"port":\s*(\d+)/.exec(String(line))?.[1];
  if (port === undefined) throw new Error(`workerd did not say where it listens: ${String(line)}`);
  return Number(port);
}
