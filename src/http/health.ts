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

/** `GET /health`: one object for the clients of all seeds. Always 200 and within two seconds; what cannot be counted is 0. */
export async function health(c: AppContext): Promise<Response> {
  const { clock, env, startedAt } = c.get('services');
  const { counters, reachable } = await readCounters(c);
  return c.json({
    status: 'healthy',
    service: 'edgewise',
    version,
    environment: env.ENVIRONMENT,
    uptime_seconds: (clock.now() - startedAt) / 1000,
    memory: reachable ? 'reachable' : 'unreachable',
    active_sessions: counters.activeSessions,
    active_sse_connections: counters.runningTurns,
    requests_total: counters.requestsTotal,
    responses_total: counters.responsesTotal,
    errors_total: counters.errorsTotal,
  });
}

async function readCounters(c: AppContext): Promise<{ counters: CounterReading; reachable: boolean }> {
  const { counters, log } = c.get('services');
  const timeout = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('the probe took too long')), PROBE_TIMEOUT_MS);
  });
  try {
    return { counters: await Promise.race([counters.read(), timeout]), reachable: true };
  } catch (cause) {
    log('warn', 'health_probe_failed', {}, cause);
    return { counters: UNKNOWN, reachable: false };
  }
}
