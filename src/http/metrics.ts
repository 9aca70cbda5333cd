import { version } from '../../package.json';
import { AppError } from '../errors.ts';
import { jsonMetrics } from '../observe/json-metrics.ts';
import { prometheusMetrics } from '../observe/prometheus-metrics.ts';
import type { AppContext } from './context.ts';

/** `GET /metrics`: JSON, or the text of Prometheus for a client that asks for text. 404 where nothing is counted. */
export async function metrics(c: AppContext): Promise<Response> {
  const { clock, counters, startedAt } = c.get('services');
  if (!counters.readMetrics) throw new AppError('http_error', 'Not Found');
  const reading = await counters.readMetrics();
  const uptimeSeconds = (clock.now() - startedAt) / 1000;
  c.header('Cache-Control', 'no-store');
  c.header('Vary', 'Accept', { append: true });
  const accept = c.req.header('accept') ?? '';
  if (!accept.includes('text/plain') || accept.includes('application/json')) {
    return c.json(jsonMetrics(reading, uptimeSeconds));
  }
  const type = { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' };
  return c.body(prometheusMetrics(reading, uptimeSeconds, version), 200, type);
}
