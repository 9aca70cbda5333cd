import type { Secret } from '../secret.ts';
import { encodeSpans } from './encode-spans.ts';
import type { Log } from './log.ts';
import type { Span, SpanAttributes } from './turn-trace.ts';

const TIMEOUT_MS = 5_000;

export interface CollectorOptions {
  /** OTEL_EXPORTER_OTLP_ENDPOINT: the base, to which the path of traces is added. */
  endpoint: string;
  /** OTEL_EXPORTER_OTLP_HEADERS: `name=value` pairs with commas between them, values encoded as in a URL. */
  headers: Secret | undefined;
  resource: SpanAttributes;
  fetch(url: string, init: RequestInit): Promise<Response>;
  log: Log;
}

/** Sends spans to a collector that speaks OTLP over HTTP with JSON. A collector that is away costs spans, and nothing else: it never rejects. */
export async function sendSpans(options: CollectorOptions, spans: readonly Span[]): Promise<void> {
  try {
    const response = await options.fetch(`${options.endpoint.replace(/\/$/, '')}/v1/traces`, {
      method: 'POST',
      headers: { ...parseHeaders(options.headers?.reveal() ?? ''), 'content-type': 'application/json' },
      body: JSON.stringify(encodeSpans(spans, options.resource)),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (!response.ok) options.log('warn', 'spans_refused', { status: response.status });
  } catch (cause) {
    options.log('warn', 'spans_lost', {}, cause);
  }
}

function parseHeaders(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => pair.split(/=(.*)/s, 2).map((part) => part.trim()));
  return Object.fromEntries(pairs.flatMap(([name = '', value = '']) => (name ? [[name, decoded(value)]] : [])));
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // A bare percent sign is meant as it stands.
    return value;
  }
}
