import type { Histogram } from './histogram.ts';

/** What is counted over all isolates. */
export interface CounterReading {
  requestsTotal: number;
  responsesTotal: number;
  errorsTotal: number;
  activeSessions: number;
  runningTurns: number;
}

export interface MetricsReading extends CounterReading {
  requestsByMethod: Record<string, number>;
  responsesByStatus: Record<string, number>;
  errorsByCode: Record<string, number>;
  turnsByOutcome: Record<string, number>;
  tokens: { input: number; output: number };
  toolCalls: { ok: number; failed: number };
  duration: Histogram;
  firstToken: Histogram;
}

/** Each method rejects with AppError `memory_unavailable` when Redis cannot be reached. */
export interface Counters {
  read(): Promise<CounterReading>;
  /** Null where nothing is counted. */
  readMetrics: (() => Promise<MetricsReading>) | null;
  /** Sends what waits in this isolate. */
  flush(): Promise<void>;
}
