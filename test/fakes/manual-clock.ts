import type { TurnClock } from '../../src/turn/turn-clock.ts';

export interface ManualClock extends TurnClock {
  /** Moves time on and lets everything that was due, and what it set off, happen. */
  pass(ms: number): Promise<void>;
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A clock that the test moves. */
export function manualClock(startAt = 0): ManualClock {
  let time = startAt;
  let alarms: { at: number; callback: () => void }[] = [];
  return {
    now: () => time,
    after(ms, callback) {
      const alarm = { at: time + ms, callback };
      alarms.push(alarm);
      return () => {
        alarms = alarms.filter((item) => item !== alarm);
      };
    },
    async pass(ms) {
      const end = time + ms;
      for (;;) {
        await settle();
        const due = alarms.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
        if (!due) break;
        alarms = alarms.filter((item) => item !== due);
        time = Math.max(time, due.at);
        due.callback();
      }
      time = end;
      await settle();
    },
  };
}
