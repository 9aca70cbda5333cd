import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { passQuietly } from './pass-quietly.ts';

export type Wrangler = { exited: Promise<unknown>; stop(): Promise<void> };

const STOP_MS = 5_000;
const OWN_GROUP = process.platform !== 'win32';

/** Runs `wrangler dev`. Its variables win over `.dev.vars`, so `vars` holds only what that file does not set. */
export function startWrangler(host: string, port: number, vars: Record<string, string>): Wrangler {
  const entry = fileURLToPath(new URL('../bin/wrangler.js', import.meta.resolve('wrangler')));
  const options = { ip: host, port: String(port), 'inspector-port': '0', 'log-level': 'log' };
  const args = [
    ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
    '--show-interactive-dev-session=false',
    ...Object.entries(vars).flatMap(([name, value]) => ['--var', `${name}:${value}`]),
  ];
  const child = spawn(process.execPath, [entry, 'dev', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // With a process group of its own, whatever wrangler starts can be ended with it.
    detached: OWN_GROUP,
    env: {
      ...process.env,
      // Only .dev.vars, never a .env that lies about.
      CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: 'false',
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      WRANGLER_HIDE_BANNER: 'true',
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_WRITE_LOGS: 'false',
    },
  });
  passQuietly(child.stdout, (line) => console.log(line));
  passQuietly(child.stderr, (line) => console.error(line));

  const exited = once(child, 'exit');
  const killRest = (): void => killGroup(child);
  // Covers a crash of this process; a polite end goes through stop.
  process.on('exit', killRest);
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const timer = setTimeout(killRest, STOP_MS);
    await exited;
    clearTimeout(timer);
    killRest();
    process.off('exit', killRest);
  };
  return { exited, stop };
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (!OWN_GROUP) {
    spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in the group.
  }
}
