import { AppError } from '../errors.ts';
import { RUN_WITH_WAITS_MS, RUNS_AT_ONCE, SLOT_WAIT_MS } from './code-limits.ts';

const LOOK_AGAIN_MS = 25;
/** A run whose request was cancelled never gives its slot back: nothing holds one longer than a run can take. */
const SLOT_MS = RUN_WITH_WAITS_MS + 5000;

/** Keeps runs of one isolate from taking its memory all at once. */
export interface RunSlots {
  /** Does `work` when there is room for it. Throws AppError `code_busy` when there is none for SLOT_WAIT_MS. */
  hold<T>(work: () => Promise<T>): Promise<T>;
}

/** Who waits looks again by a timer of its own: on Workers one request cannot be sure to live until it wakes another. */
export function runSlots({ now, wait }: { now(): number; wait(ms: number): Promise<void> }): RunSlots {
  const ends = new Set<{ at: number }>();

  function take(): { at: number } | null {
    for (const slot of ends) if (slot.at <= now()) ends.delete(slot);
    if (ends.size >= RUNS_AT_ONCE) return null;
    const slot = { at: now() + SLOT_MS };
    ends.add(slot);
    return slot;
  }

  return {
    async hold(work) {
      const until = now() + SLOT_WAIT_MS;
      let slot = take();
      while (!slot) {
        if (now() >= until)
          throw new AppError('code_busy', 'Too much code is running right now. Try again in a moment.');
        await wait(LOOK_AGAIN_MS);
        slot = take();
      }
      try {
        return await work();
      } finally {
        ends.delete(slot);
      }
    },
  };
}
