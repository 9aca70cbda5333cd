/** What `/health` counts, over all isolates. */
export interface CounterReading {
  requestsTotal: number;
  responsesTotal: number;
  errorsTotal: number;
  activeSessions: number;
  runningTurns: number;
}

export interface Counters {
  /** Rejects with AppError `memory_unavailable` when Redis cannot be reached. */
  read(): Promise<CounterReading>;
}
