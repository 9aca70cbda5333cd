const TIMEOUT_MS = 10_000;

/** What `probe` returns and how long it took in whole milliseconds. Rejects when it takes more than ten seconds. */
export async function timeProbe<T>(probe: (signal: AbortSignal) => Promise<T>): Promise<{ value: T; ms: number }> {
  const startedAt = performance.now();
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error(`no answer within ${TIMEOUT_MS / 1000} seconds`)));
  });
  const value = await Promise.race([probe(signal), late]);
  return { value, ms: Math.round(performance.now() - startedAt) };
}
