import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { closeServer } from '../../local/close-server.ts';
import { listen } from '../../local/listen.ts';

const HOST = '127.0.0.1';

/** An empty folder for a command to run in: its data and its `.dev.vars` are not the project's. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'edgewise-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function takePort(): Promise<{ port: number; free(): Promise<void> }> {
  const server = createServer();
  const port = await listen(server, { host: HOST, port: 0 }, 'The test');
  return { port, free: () => closeServer(server) };
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const taken = await takePort();
  await taken.free();
  return taken.port;
}

/** Ports for the local services that disturb nobody, and none of the shell's variables that would change what is started. */
export async function quietEnvironment(): Promise<Record<string, string>> {
  const [redis, postgres, model] = [await freePort(), await freePort(), await freePort()];
  return {
    LOCAL_REDIS_PORT: String(redis),
    LOCAL_POSTGRES_PORT: String(postgres),
    LOCAL_MODEL_PORT: String(model),
    REDIS_URL: '',
    POSTGRES_URL: '',
    DATABASE_URL: '',
    PORT: '',
    npm_lifecycle_event: '',
  };
}

export type RunningCommand = {
  process: ChildProcess;
  output(): string;
  /** Resolves when the output holds `text`; rejects when the command ends first. */
  says(text: string): Promise<void>;
  /** The exit code, after all output has come. */
  ended: Promise<unknown>;
};

/** Runs a script of `local/` as the npm scripts do. */
export function runLocal(script: string, args: string[], cwd: string, env: Record<string, string>): RunningCommand {
  const path = join(import.meta.dirname, '..', '..', 'local', script);
  const child = spawn(process.execPath, [path, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(async () => {
    if (child.exitCode === null && child.kill('SIGTERM')) await ended;
  });
  let output = '';
  const heard = new EventTarget();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      heard.dispatchEvent(new Event('output'));
    });
  }
  const ended = once(child, 'close').then(([code]: unknown[]) => code);
  const says = async (text: string): Promise<void> => {
    while (!output.includes(text)) {
      const next = await Promise.race([once(heard, 'output'), ended.then(() => 'ended')]);
      if (next === 'ended') throw new Error(`It ended before it said "${text}":\n${output}`);
    }
  };
  return { process: child, output: () => output, says, ended };
}
