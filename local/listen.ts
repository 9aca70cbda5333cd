import type { Server } from 'node:http';
import { LocalError } from './local-error.ts';

/** Node's five seconds would close connections that workerd is just about to use again, which it reports as lost. */
const KEEP_ALIVE_MS = 120_000;

export type Address = { host: string; port: number };

/**
 * Resolves with the port that was bound; port 0 asks for a free one. `what` names the listener in the sentence that a
 * taken port gets, for example "the local Redis (LOCAL_REDIS_PORT)".
 */
export async function listen(server: Server, { host, port }: Address, what: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.once('error', reject);
  server.listen(port, host, resolve);
  try {
    await promise;
  } catch (cause) {
    throw new LocalError(`${what} cannot listen on ${host}:${port}: ${reason(cause)}.`, { cause });
  }
  server.off('error', reject);
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function reason(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE') return 'the port is already taken';
  if (code === 'EACCES') return 'this user may not open that port';
  return cause instanceof Error ? cause.message : String(cause);
}
