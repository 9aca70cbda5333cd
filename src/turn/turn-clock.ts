/** Time, as far as a turn needs it. */
export interface TurnClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after `ms`; the returned function calls that off. */
  after(ms: number, callback: () => void): () => void;
}

export const systemClock: TurnClock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
