import type { MetricsReading } from './counters.ts';
import { readHistogram } from './histogram.ts';

/** The counters by their fields; what was never counted is 0. */
export function readMetrics(
  fields: ReadonlyMap<string, number>,
): Omit<MetricsReading, 'activeSessions' | 'runningTurns'> {
  const count = (field: string) => fields.get(field) ?? 0;
  const group = (prefix: string) =>
    Object.fromEntries(
      [...fields]
        .filter(([field]) => field.startsWith(prefix))
        .map(([field, value]) => [field.slice(prefix.length), value] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  return {
    requestsTotal: count('requests_total'),
    responsesTotal: count('responses_total'),
    errorsTotal: count('errors_total'),
    requestsByMethod: group('method:'),
    responsesByStatus: group('status:'),
    errorsByCode: group('code:'),
    turnsByOutcome: group('outcome:'),
    tokens: { input: count('tokens:input'), output: count('tokens:output') },
    toolCalls: { ok: count('tools:ok'), failed: count('tools:failed') },
    duration: readHistogram('duration', count),
    firstToken: readHistogram('first_token', count),
  };
}
