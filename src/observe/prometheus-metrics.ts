import type { MetricsReading } from './counters.ts';
import type { Histogram } from './histogram.ts';

type Sample = [labels: Record<string, string>, value: number];

/** Metrics in the text format of Prometheus, version 0.0.4. */
export function prometheusMetrics(reading: MetricsReading, uptimeSeconds: number, version: string): string {
  const by = (name: string, counts: Record<string, number>): Sample[] =>
    Object.entries(counts).map(([value, count]) => [{ [name]: value }, count]);
  return [
    ...family(
      'requests_total',
      'counter',
      'Turns and makings of sessions that began.',
      by('method', reading.requestsByMethod),
    ),
    ...family(
      'responses_total',
      'counter',
      'Those that ended, by the status they stand for.',
      by('status', reading.responsesByStatus),
    ),
    ...family('errors_total', 'counter', 'Refusals and failures by code.', by('code', reading.errorsByCode)),
    ...family('turns_total', 'counter', 'Turns that ended, by outcome.', by('outcome', reading.turnsByOutcome)),
    ...family('tokens_total', 'counter', 'Tokens of models.', by('direction', reading.tokens)),
    ...family('tool_calls_total', 'counter', 'Calls of tools.', by('outcome', reading.toolCalls)),
    ...histogram('request_duration_seconds', 'From the request to the end of its answer.', reading.duration),
    ...histogram(
      'time_to_first_token_seconds',
      'From the request to the first thing that the model says or does.',
      reading.firstToken,
    ),
    ...family('active_sessions', 'gauge', 'Sessions in memory.', [[{}, reading.activeSessions]]),
    ...family('active_turns', 'gauge', 'Turns that are being answered.', [[{}, reading.runningTurns]]),
    ...family('uptime_seconds', 'gauge', 'How long the isolate that answers has run.', [[{}, uptimeSeconds]]),
    ...family('build_info', 'gauge', 'The version that runs.', [[{ version }, 1]]),
    '',
  ].join('\n');
}

function family(name: string, type: string, help: string, samples: Sample[]): string[] {
  return [...heading(name, type, help), ...samples.map(([labels, value]) => line(name, labels, value))];
}

function histogram(name: string, help: string, { buckets, count, sumMs }: Histogram): string[] {
  return [
    ...heading(name, 'histogram', help),
    ...buckets.map((bucket) => line(`${name}_bucket`, { le: String(bucket.leMs / 1000) }, bucket.count)),
    line(`${name}_bucket`, { le: '+Inf' }, count),
    line(`${name}_sum`, {}, sumMs / 1000),
    line(`${name}_count`, {}, count),
  ];
}

function heading(name: string, type: string, help: string): string[] {
  return [`# HELP edgewise_${name} ${help}`, `# TYPE edgewise_${name} ${type}`];
}

function line(name: string, labels: Record<string, string>, value: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `edgewise_${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`;
}

function escaped(text: string): string {
  return text
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`);
}
