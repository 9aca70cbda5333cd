import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { Address } from '../listen.ts';
import { LocalError } from '../local-error.ts';
import type { Credentials } from './check-connection-string.ts';

const threadMessage = z.union([z.object({ port: z.number() }), z.object({ failure: z.string() })]);
export type ThreadMessage = z.infer<typeof threadMessage>;

type PgliteOptions = { address: Address; what: string; credentials: Credentials; dataFolder?: string | undefined };

/** Neon's front over PGlite, in a thread. The caller holds the lock of the data folder. */
export async function startPglite(options: PgliteOptions): Promise<{ port: number; close(): Promise<void> }> {
  const { address, what, credentials, dataFolder } = options;
  const isNew = dataFolder === undefined || !existsSync(join(dataFolder, 'PG_VERSION'));
  if (dataFolder !== undefined) await mkdir(dirname(dataFolder), { recursive: true });

  const thread = new Worker(new URL('./pglite-thread.ts', import.meta.url), {
    workerData: { host: address.host, port: address.port, what, credentials, dataFolder, isNew },
  });
  const [first] = await once(thread, 'message');
  const started = threadMessage.parse(first);
  if ('failure' in started) {
    await thread.terminate();
    throw new LocalError(started.failure);
  }
  const exited = once(thread, 'exit');
  const close = async (): Promise<void> => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is not a window
    thread.postMessage('close');
    await exited;
  };
  return { port: started.port, close };
}
