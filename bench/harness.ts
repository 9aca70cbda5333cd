import { startToolServer } from '../test/app/tool-server.ts';
import { startRecordingProxy, type RecordingProxy } from '../test/fakes/recording-proxy.ts';
import { buildWorker } from './build-worker.ts';
import { hasDefine, writeConfigWithoutDefine } from './config-without-define.ts';
import { countBytes, type ByteCounter } from './count-bytes.ts';
import { MODELS } from './models.ts';
import { startServicesProcess } from './start-services-process.ts';
import { startWorkerd, type WorkerProcess } from './start-workerd.ts';
import { bareProxy, edgewise, plainStreamText, type Target, type TargetName } from './target.ts';
import { startTimedModel, type TimedModel } from './timed-model.ts';

export const EDGEWISE_FOLDER = 'dist/bench/edgewise';
const SWITCH_OFF_FOLDER = 'dist/bench/edgewise-switch-off';
const BARE_PROXY_FOLDER = 'dist/bench/bare-proxy';
const PLAIN_FOLDER = 'dist/bench/plain-stream-text';
const CONFIG_WITHOUT_DEFINE = 'dist/bench/wrangler.toml';

/** All Workers and what they talk to, on this machine only. */
export interface Harness extends AsyncDisposable {
  edgewise: Target;
  plainStreamText: Target;
  bareProxy: Target;
  /** The three, and Edgewise without its in-memory streams when there are any. */
  targets: Target[];
  /** Between Edgewise and its Redis. */
  redis: RecordingProxy;
  redisBytes: ByteCounter;
  /** Between Edgewise and its remote tool server. */
  mcp: RecordingProxy;
  model: TimedModel;
  /** One more process of a target. Whoever starts it closes it. */
  startFresh(name: TargetName): Promise<WorkerProcess>;
  /** Edgewise on the same Redis, without an archive: it fills sessions faster. */
  startFilling(): Promise<WorkerProcess>;
}

/** Limits that the benchmark does not meet, and keys of its own. */
const VARS = {
  RATE_RPS: '1000000',
  RATE_BURST: '1000000',
  MAX_CONCURRENT_TURNS: '10000',
  HISTORY_NAMESPACE: 'bench',
  LOG_LEVEL: 'error',
};

/** Bundles the Workers and starts everything; when a part fails, all are closed again. */
export async function startHarness(): Promise<Harness> {
  await using started = new AsyncDisposableStack();
  const keep = <T extends { close(): Promise<void> }>(part: T): T => {
    started.defer(() => part.close());
    return part;
  };
  const switchable = hasDefine();
  await buildAll(switchable);
  const services = keep(await startServicesProcess());
  const redisBytes = keep(await countBytes(services.vars['UPSTASH_REDIS_REST_URL'] ?? ''));
  const redis = keep(await startRecordingProxy(redisBytes.url));
  const toolServer = keep(await startToolServer());
  const mcp = keep(await startRecordingProxy(toolServer.url));
  const model = keep(await startTimedModel());

  const vars = {
    ...services.vars,
    ...VARS,
    COMPATIBLE_BASE_URL: model.url,
    COMPATIBLE_MODEL: Object.values(MODELS).join(','),
    MCP_SERVERS: JSON.stringify({ mcpServers: { remote: { url: mcp.url } } }),
    UPSTASH_REDIS_REST_URL: redis.url,
  };
  const provider = { PROVIDER_URL: model.url };
  const starts: Record<TargetName, () => Promise<WorkerProcess>> = {
    'bare proxy': () => startWorkerd(BARE_PROXY_FOLDER, provider),
    'plain streamText': () => startWorkerd(PLAIN_FOLDER, provider),
    Edgewise: () => startWorkerd(EDGEWISE_FOLDER, vars),
    'Edgewise, switch off': () => startWorkerd(SWITCH_OFF_FOLDER, vars),
  };
  const bare = bareProxy(keep(await starts['bare proxy']()));
  const plain = plainStreamText(keep(await starts['plain streamText']()));
  const ours = edgewise(keep(await starts.Edgewise()));
  const targets = [bare, plain, ours];
  if (switchable) {
    const name = 'Edgewise, switch off';
    targets.push(edgewise(keep(await starts[name]()), name));
  }
  const running = started.move();
  return {
    bareProxy: bare,
    plainStreamText: plain,
    edgewise: ours,
    targets,
    redis,
    redisBytes,
    mcp,
    model,
    startFresh: (name) => starts[name](),
    startFilling: () => startWorkerd(EDGEWISE_FOLDER, { ...vars, HISTORY_STORAGE_BACKEND: 'none' }),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function buildAll(switchable: boolean): Promise<void> {
  const config = CONFIG_WITHOUT_DEFINE;
  writeConfigWithoutDefine(config);
  const entry = 'src/index.ts';
  await Promise.all([
    buildWorker(EDGEWISE_FOLDER),
    buildWorker(BARE_PROXY_FOLDER, { entry: 'bench/workers/bare-proxy.ts', config }),
    buildWorker(PLAIN_FOLDER, { entry: 'bench/workers/plain-stream-text.ts', config }),
    ...(switchable ? [buildWorker(SWITCH_OFF_FOLDER, { entry, config })] : []),
  ]);
}
