import { RUN_MS, RUN_WITH_WAITS_MS, STEPS_MAX } from './code-limits.ts';

/** Steps between two questions whether a run may go on. A single one can search through megabytes; asking costs about as much as fifty plain ones. */
export const STEPS_ASKED = 50;

export interface StepMeter {
  /** Counts steps; true when the run has to end. Once true, always true. */
  spend(steps: number): boolean;
  /** The run waits for something, and computes nothing, while this is pending. */
  pause<T>(work: Promise<T>): Promise<T>;
  /** Why the run had to end; null while it may go on. */
  exceeded(): string | null;
  /** Milliseconds until the run has to end whatever it does. */
  left(): number;
}

/** What one run may use: time where the clock moves, and steps where it stands still while code computes, as it does on Workers. */
export function stepMeter(now: () => number): StepMeter {
  const startedAt = now();
  let pausedMs = 0;
  let steps = 0;
  let reason: string | null = null;

  const left = () => startedAt + RUN_WITH_WAITS_MS - now();
  return {
    spend(more) {
      steps += more;
      if (reason !== null) return true;
      if (steps > STEPS_MAX) reason = 'The code ran for too many steps.';
      else if (now() - startedAt - pausedMs > RUN_MS) reason = `The code ran for more than ${RUN_MS / 1000} seconds.`;
      return reason !== null;
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
    exceeded: () => reason,
    left,
  };
}
