import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const START_MS = 100_000;
const ASK_EVERY_MS = 100;

export interface Product {
  address: string;
  stop(): Promise<void>;
}

/** Starts `npm run dev`'s own program on free ports, with data that is thrown away and these variables of the Worker, and waits until it answers. */
export async function startProduct(vars: Record<string, string> = {}): Promise<Product> {
  const [port, redisPort, postgresPort, modelPort] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const dataFolder = await mkdtemp(join(tmpdir(), 'edgewise-browser-'));
  const child = spawn(process.execPath, ['local/dev.ts', '--port', String(port), ...varArguments(vars)], {
    env: {
      ...process.env,
      LOCAL_DATA_FOLDER: dataFolder,
      LOCAL_REDIS_PORT: String(redisPort),
      LOCAL_POSTGRES_PORT: String(postgresPort),
      LOCAL_MODEL_PORT: String(modelPort),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));

  const stop = async (): Promise<void> => {
    await endProcess(child);
    await rm(dataFolder, { recursive: true, force: true });
  };
  const address = `http://127.0.0.1:${port}`;
  if (await answersInTime(address, child)) return { address, stop };
  await stop();
  throw new Error(`The product did not start:\n${said.join('')}`);
}

const varArguments = (vars: Record<string, string>): string[] =>
  Object.entries(vars).flatMap(([name, value]) => ['--var', `${name}:${value}`]);

async function answersInTime(address: string, child: ChildProcess): Promise<boolean> {
  const giveUpAt = Date.now() + START_MS;
  while (child.exitCode === null && Date.now() < giveUpAt) {
    const answer = await fetch(`${address}/health`).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return true;
    await delay(ASK_EVERY_MS);
  }
  return false;
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}
