import { version } from '../../package.json';
import type { CounterReading } from '../observe/counters.ts';
import type { AppContext } from './context.ts';

const PROBE_TIMEOUT_MS = 1500;
const UNKNOWN: CounterReading = {
  requestsTotal: 0,
  responsesTotal: 0,
  errorsTotal: 0,
  activeSessions: 0,
  runningTurns: 0,
};

interface Check {
  status: 'reachable' | 'unreachable';
  latency_ms: number;
}

/**
 * `GET /health`: one object for the clients of all seeds. Always 200 and within two seconds; what cannot be counted is 0. With `deep=1`
 * each dependency is asked, side by side.
 */
export async function health(c: AppContext): Promise<Response> {
  const { clock, counters, env, probes, startedAt } = c.get('services');
  let counted = UNKNOWN;
  const memory = check(c, 'memory', async () => void (counted = await counters.read()));
  const deep = c.req.query('deep') === undefined ? [] : Object.entries(probes);
  const checks = await Promise.all([
    memory.then((result) => ['memory', result] as const),
    ...deep.map(async ([name, probe]) => [name, await check(c, name, probe)] as const),
  ]);
  return c.json({
    status: 'healthy',
    service: 'edgewise',
    version,
    environment: env.ENVIRONMENT,
    uptime_seconds: (clock.now() - startedAt) / 1000,
    memory: (await memory).status,
    active_sessions: counted.activeSessions,
    active_sse_connections: counted.runningTurns,
    requests_total: counted.requestsTotal,
    responses_total: counted.responsesTotal,
    errors_total: counted.errorsTotal,
    ...(c.req.query('deep') !== undefined && { checks: Object.fromEntries(checks) }),
  });
}

async function check(c: AppContext, name: string, probe: () => Promise<void>): Promise<Check> {
  const { clock, log } = c.get('services');
  const startedAt = clock.now();
  const done = (status: Check['status']): Check => ({ status, latency_ms: clock.now() - startedAt });
  const timeout = Promise.withResolvers<never>();
  const cancel = clock.after(PROBE_TIMEOUT_MS, () => timeout.reject(new Error('the probe took too long')));
  try {
    await Promise.race([probe(), timeout.promise]);
    return done('reachable');
  } catch (cause) {
    log('warn', 'health_probe_failed', { dependency: name }, cause);
    return done('unreachable');
  } finally {
    cancel();
  }
}
