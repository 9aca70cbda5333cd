import type { MetricsReading } from './counters.ts';
import type { Histogram } from './histogram.ts';

/** Metrics as JSON: the seven names that dashboards know, and then what there is beside them. */
export function jsonMetrics(reading: MetricsReading, uptimeSeconds: number) {
  const { duration, firstToken } = reading;
  return {
    requests_total: reading.requestsTotal,
    responses_total: reading.responsesTotal,
    errors_total: reading.errorsTotal,
    requests_by_method: reading.requestsByMethod,
    responses_by_status: reading.responsesByStatus,
    request_latency_avg_ms: rounded(average(duration)),
    uptime_seconds: rounded(uptimeSeconds),
    active_sessions: reading.activeSessions,
    active_turns: reading.runningTurns,
    turns_by_outcome: reading.turnsByOutcome,
    errors_by_code: reading.errorsByCode,
    time_to_first_token_avg_ms: rounded(average(firstToken)),
    tokens: reading.tokens,
    tool_calls: reading.toolCalls,
  };
}

function average({ sumMs, count }: Histogram): number {
  return count === 0 ? 0 : sumMs / count;
}

const rounded = (value: number) => Math.round(value * 1000) / 1000;
