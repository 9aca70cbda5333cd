import { setTimeout as sleep } from 'node:timers/promises';

const QUIET_MS = 500;

/** Resolves once nothing has been added for a while; of a turn's requests to Redis, that is when its archive is confirmed too. */
export async function awaitQuiet(requests: readonly unknown[]): Promise<void> {
  for (let seen = -1; seen !== requests.length;) {
    seen = requests.length;
    await sleep(QUIET_MS);
  }
}
