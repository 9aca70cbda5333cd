import { version } from '../../package.json';
import type { Env } from '../env.ts';
import type { RequestFacts } from '../http/request-facts.ts';
import type { Log } from '../observe/log.ts';
import { sendSpans } from '../observe/send-spans.ts';
import { turnTrace } from '../observe/turn-trace.ts';
import type { Services } from '../services.ts';

interface TraceParts {
  env: Env;
  log: Log;
  request: RequestFacts | undefined;
  now(): number;
  waitUntil(promise: Promise<unknown>): void;
}

/** Null without OTEL_EXPORTER_OTLP_ENDPOINT: then nothing is traced, and tracing costs nothing. */
export function traces({ env, log, request, now, waitUntil }: TraceParts): Services['startTrace'] {
  const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return null;
  const resource = {
    'service.name': 'edgewise',
    'service.version': version,
    'deployment.environment.name': env.ENVIRONMENT,
  };
  const headers = env.OTEL_EXPORTER_OTLP_HEADERS;
  const collector = { endpoint, headers, resource, log, fetch: (url: string, init: RequestInit) => fetch(url, init) };
  return () =>
    turnTrace({
      content: env.OTEL_CAPTURE_CONTENT,
      parent: request?.headers.get('traceparent') ?? null,
      now,
      randomHex: (bytes) => Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('hex'),
      send: (spans) => waitUntil(sendSpans(collector, spans)),
    });
}
