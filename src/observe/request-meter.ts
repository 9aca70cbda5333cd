/** The parts of a request that take time, in the order in which they happen. */
export const PHASES = ['auth', 'begin', 'model', 'first-token', 'tools', 'end', 'total'] as const;
export type Phase = (typeof PHASES)[number];

/** Measures one request. */
export interface RequestMeter {
  /** Undefined for what nobody asked for, as cron. */
  readonly requestId: string | undefined;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Whether a script has counted the request already. */
  counted: boolean;
  /** Undefined: it did not come to that. */
  record(phase: Phase, ms: number | undefined): void;
  measure<T>(phase: Phase, work: () => Promise<T>): Promise<T>;
  /** What was measured so far, in milliseconds. */
  durations(): Partial<Record<Phase, number>>;
}

export function requestMeter(now: () => number, requestId?: string): RequestMeter {
  const durations: Partial<Record<Phase, number>> = {};
  return {
    requestId,
    startedAt: now(),
    counted: false,
    record(phase, ms) {
      if (ms !== undefined) durations[phase] = ms;
    },
    async measure(phase, work) {
      const startedAt = now();
      try {
        return await work();
      } finally {
        durations[phase] = now() - startedAt;
      }
    },
    durations: () => durations,
  };
}
