import type { TurnClock } from '../turn/turn-clock.ts';
import { ProviderTimeoutError, type SilentPhase } from './provider-errors.ts';

export interface SilenceWatch {
  /** From now on, `ms` of silence is too much. */
  expect(phase: SilentPhase, ms: number): void;
  /** Nothing is expected: the provider is not being waited for. */
  relax(): void;
  stop(): void;
}

/**
 * Calls `onSilence` once when what is expected does not come. One timer serves many parts: it looks at the deadline when it
 * fires and sleeps again when that has moved, because a timer for each part would cost more than the part.
 */
export function silenceWatch(clock: TurnClock, onSilence: (error: ProviderTimeoutError) => void): SilenceWatch {
  let expected: { phase: SilentPhase; ms: number; deadline: number } | undefined;
  let timer: { cancel: () => void; at: number } | undefined;

  const arm = (deadline: number): void => {
    timer?.cancel();
    timer = { cancel: clock.after(deadline - clock.now(), check), at: deadline };
  };
  const check = (): void => {
    timer = undefined;
    if (expected === undefined) return;
    if (expected.deadline > clock.now()) return arm(expected.deadline);
    onSilence(new ProviderTimeoutError(expected.phase, expected.ms));
  };
  return {
    expect(phase, ms) {
      const deadline = clock.now() + ms;
      expected = { phase, ms, deadline };
      if (timer === undefined || timer.at > deadline) arm(deadline);
    },
    relax() {
      expected = undefined;
    },
    stop() {
      expected = undefined;
      timer?.cancel();
      timer = undefined;
    },
  };
}
