import { RUN_MS, RUN_WITH_WAITS_MS } from './code-limits.ts';

export interface RunMeter {
  /** The run waits for something, and computes nothing, while this is pending. */
  pause<T>(work: Promise<T>): Promise<T>;
  /** Why the run has to end; null while it may go on. Once there is a reason, it stays. */
  exceeded(): string | null;
  /** Milliseconds until the run has to end whatever it does. */
  left(): number;
}

/**
 * What one run may use: steps, and time where a clock moves. On Workers it stands still while code computes, and steps alone end it there:
 * the interpreter counts them in its native parts, too, and traps below zero.
 */
export function runMeter(now: () => number, steps: { readonly value: number }): RunMeter {
  const startedAt = now();
  let pausedMs = 0;
  let reason: string | null = null;

  const left = () => startedAt + RUN_WITH_WAITS_MS - now();
  return {
    exceeded() {
      if (steps.value < 0) reason ??= 'The code ran for too many steps.';
      if (now() - startedAt - pausedMs > RUN_MS) reason ??= `The code ran for more than ${RUN_MS / 1000} seconds.`;
      return reason;
    },
    async pause(work) {
      const from = now();
      try {
        return await work;
      } finally {
        pausedMs += now() - from;
        if (left() <= 0) {
          reason ??= `The code took more than ${RUN_WITH_WAITS_MS / 1000} seconds with its waits for files and timers.`;
        }
      }
    },
    left,
  };
}
