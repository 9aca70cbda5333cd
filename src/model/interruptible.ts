/**
 * A function that waits for one promise at a time and rejects with the signal's reason as soon as that fires, whether or not
 * the promise ever settles. One listener serves all the waits: Promise.race would keep a reaction for each of them.
 */
export function interruptible(signal: AbortSignal): <T>(work: PromiseLike<T>) => Promise<T> {
  let interrupt: ((reason: unknown) => void) | undefined;
  signal.addEventListener('abort', () => interrupt?.(signal.reason), { once: true });
  return <T>(work: PromiseLike<T>) => {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    interrupt = reject;
    work.then(resolve, reject);
    if (signal.aborted) reject(signal.reason);
    return promise;
  };
}
