import { setTimeout as delay } from 'node:timers/promises';

const PAUSE_MS = 100;

/** Asks until the Worker answers: 'well', or what is wrong with it in its own words. */
export async function awaitWorker(address: string, signal: AbortSignal): Promise<string> {
  while (!signal.aborted) {
    try {
      const response = await fetch(new URL('/health', address), { signal });
      const body = await response.text();
      return response.ok ? 'well' : `GET /health answers ${response.status}: ${body.slice(0, 500)}`;
    } catch {
      // Not listening yet.
      await delay(PAUSE_MS);
    }
  }
  return 'the Worker was not waited for';
}
