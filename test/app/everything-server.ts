import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { closeServer } from '../../local/close-server.ts';
import { listen } from '../../local/listen.ts';

const SCRIPT = 'node_modules/@modelcontextprotocol/server-everything/dist/index.js';

export interface EverythingServer {
  url: string;
  close(): Promise<void>;
}

/** The reference server of the protocol's authors, in a process of its own: the 2025 protocol with sessions. */
export async function startEverythingServer(): Promise<EverythingServer> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--import', './test/fakes/loopback-only.mjs', SCRIPT, 'streamableHttp'], {
    env: { PORT: String(port), GREETING: 'hello' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface(child.stderr);
  // It says that it listens before it says anything else.
  await Promise.race([
    once(lines, 'line'),
    exited.then(([code]) => Promise.reject(new Error(`The server ended with ${code}.`))),
  ]);
  lines.resume();
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    async close() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, { host: '127.0.0.1', port: 0 }, 'a port to be given away');
  await closeServer(server);
  return port;
}
