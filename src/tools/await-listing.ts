import type { Catalogue } from './catalogue.ts';

/**
 * What a listing that another request has begun comes to. Null when it fails with that request, or takes longer than listing would: on
 * Workers what another request waits for may never come. Rejects when `signal` is aborted.
 */
export async function awaitListing(
  listing: Promise<Catalogue>,
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
): Promise<Catalogue | null> {
  const timeout = Promise.withResolvers<null>();
  const timer = setTimeout(() => timeout.resolve(null), timeoutMs);
  try {
    const catalogue = await Promise.race([listing, timeout.promise]);
    signal.throwIfAborted();
    return catalogue;
  } catch {
    signal.throwIfAborted();
    return null;
  } finally {
    clearTimeout(timer);
  }
}
