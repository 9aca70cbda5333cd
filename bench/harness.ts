import { startRecordingProxy, type RecordingProxy } from '../test/fakes/recording-proxy.ts';
import { buildWorker } from './build-worker.ts';
import { MODELS } from './models.ts';
import { startServicesProcess } from './start-services-process.ts';
import { startWorkerd, type WorkerProcess } from './start-workerd.ts';
import { bareProxy, edgewise, type Target } from './target.ts';
import { startTimedModel, type TimedModel } from './timed-model.ts';

export const EDGEWISE_FOLDER = 'dist/bench/edgewise';
const BARE_PROXY_FOLDER = 'dist/bench/bare-proxy';

/** Both Workers and what they talk to, on this machine only. */
export interface Harness extends AsyncDisposable {
  edgewise: Target;
  bareProxy: Target;
  /** Between Edgewise and its Redis. */
  redis: RecordingProxy;
  model: TimedModel;
  /** One more process of either. Whoever starts it closes it. */
  startFresh: Record<Target['name'], () => Promise<WorkerProcess>>;
}

/** A limit that the benchmark does not meet, and keys of its own. */
const VARS = { RATE_RPS: '1000000', RATE_BURST: '1000000', HISTORY_NAMESPACE: 'bench', LOG_LEVEL: 'error' };

/** Bundles both Workers and starts everything; when a part fails, all are closed again. */
export async function startHarness(): Promise<Harness> {
  await using started = new AsyncDisposableStack();
  const keep = <T extends { close(): Promise<void> }>(part: T): T => {
    started.defer(() => part.close());
    return part;
  };
  await Promise.all([buildWorker(EDGEWISE_FOLDER), buildWorker(BARE_PROXY_FOLDER, 'bench/workers/bare-proxy.ts')]);
  const services = keep(await startServicesProcess());
  const redis = keep(await startRecordingProxy(services.vars['UPSTASH_REDIS_REST_URL'] ?? ''));
  const model = keep(await startTimedModel());
  const provider = { COMPATIBLE_BASE_URL: model.url, COMPATIBLE_MODEL: Object.values(MODELS).join(',') };
  const vars = { ...services.vars, ...VARS, ...provider, UPSTASH_REDIS_REST_URL: redis.url };
  const startFresh = {
    Edgewise: () => startWorkerd(EDGEWISE_FOLDER, vars),
    'bare proxy': () => startWorkerd(BARE_PROXY_FOLDER, { PROVIDER_URL: model.url }),
  };
  const targets = {
    edgewise: edgewise(keep(await startFresh.Edgewise())),
    bareProxy: bareProxy(keep(await startFresh['bare proxy']())),
  };
  const running = started.move();
  return { ...targets, redis, model, startFresh, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
