import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export interface ServicesProcess {
  /** The Worker's variables for Redis and Postgres. */
  vars: Record<string, string>;
  close(): Promise<void>;
}

const varsSchema = z.record(z.string(), z.string());

/** Redis and Postgres in a process of their own: a script that Redis runs must not hold up the clock of the one who measures. */
export async function startServicesProcess(): Promise<ServicesProcess> {
  const child = fork(fileURLToPath(new URL('./services-process.ts', import.meta.url)));
  const ended = once(child, 'exit');
  const close = async (): Promise<void> => {
    if (child.connected) child.disconnect();
    await ended;
  };
  const message = once(child, 'message').then(([vars]: unknown[]) => varsSchema.parse(vars));
  const vars = await Promise.race([message, ended.then(() => null)]);
  if (vars === null) throw new Error('The local services did not start.');
  return { vars, close };
}
