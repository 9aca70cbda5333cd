import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { AppError } from '../errors.ts';
import { countResponse, ONE_REQUEST } from '../observe/count-response.ts';
import { hashCaller } from '../observe/hash-caller.ts';
import { PHASES } from '../observe/request-meter.ts';
import type { AppContext, AppEnv } from './context.ts';

/** What makes turns or sessions, and so is counted: mostly by the scripts that do the work. */
const COUNTED = new Set([
  '/sessions',
  '/connect',
  '/sessions/:id/messages',
  '/sessions/:id/message',
  '/api/chat',
  '/v1/chat/completions',
  '/v1/responses',
]);

/** One line of log for each request, its times for the client, and the count of what was refused. */
export const observeRequest: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  const { clock, env, log, meter } = c.get('services');
  const durationMs = clock.now() - meter.startedAt;
  meter.record('total', durationMs);
  const route = routePath(c, -1);
  const caller: AppEnv['Variables']['caller'] | undefined = c.get('caller');
  const { auth, begin } = meter.durations();
  if (env.METRICS_ENABLED) {
    c.header('Server-Timing', serverTiming(c));
    if (c.req.method === 'POST' && COUNTED.has(route) && !meter.counted) countHere(c, durationMs);
  }
  log('info', 'request', {
    request_id: c.get('requestId'),
    method: c.req.method,
    route,
    status: c.res.status,
    code: codeOf(c),
    caller: caller && hashCaller(caller.owner),
    auth_ms: auth,
    begin_ms: begin,
    duration_ms: durationMs,
  });
};

/** Durations only; a stream's are those until its first byte. */
function serverTiming(c: AppContext): string {
  const durations = c.get('services').meter.durations();
  const known = PHASES.filter((phase) => durations[phase] !== undefined);
  return known.map((phase) => `${phase};dur=${durations[phase]}`).join(', ');
}

/** What has counted itself nowhere, as what was refused. */
function countHere(c: AppContext, durationMs: number): void {
  const { clock, counters, log, tally, waitUntil } = c.get('services');
  const now = clock.now();
  tally.add({ ...ONE_REQUEST, ...countResponse({ status: c.res.status, code: codeOf(c), durationMs }) }, now);
  if (!tally.isDue(now)) return;
  waitUntil(counters.flush().catch((cause: unknown) => log('debug', 'count_failed', {}, cause)));
}

function codeOf(c: AppContext): string | undefined {
  if (c.error) return c.error instanceof AppError ? c.error.code : 'internal_error';
  return c.res.status === 429 ? 'rate_limited' : undefined;
}
