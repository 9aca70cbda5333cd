import type { ExecutionContext } from 'hono';
import { neonArchive } from './archive/neon.ts';
import { openDatabase } from './archive/neon-database.ts';
import { upstashOutbox } from './archive/outbox-upstash.ts';
import { neonCatalogue } from './catalogue/neon.ts';
import { parseEnv, type Env } from './env.ts';
import { clientIdentities } from './http/client-identities.ts';
import { upstashJournal } from './journal/upstash.ts';
import { upstashLimits } from './limits/upstash.ts';
import { BUILT_IN_SERVERS, serveMcp } from './mcp/serve-mcp.ts';
import { upstashSessions } from './memory/upstash.ts';
import type { ModelCatalogue } from './model/model-catalogue.ts';
import { modelCatalogue } from './model/configured-models.ts';
import { providerTimeouts } from './model/provider-timeouts.ts';
import { sdkRunner } from './model/sdk-runner.ts';
import { consoleLog, type Log } from './observe/log.ts';
import { upstashCounters } from './observe/counters-upstash.ts';
import { redisKeys } from './redis/keys.ts';
import { upstashClient } from './redis/upstash-client.ts';
import type { Services } from './services.ts';
import { neonTaskStore } from './tasks/neon.ts';
import { mcpServers, type McpServerConfig } from './tools/mcp-servers.ts';
import { mcpToolHub, type McpToolHubOptions } from './tools/mcp-tool-hub.ts';
import { upstashCatalogueCache } from './tools/upstash.ts';
import { systemClock } from './turn/turn-clock.ts';
import type { TurnRunner } from './turn/turn-runner.ts';
import { neonWorkspace } from './workspace/neon.ts';

/** The platform cancels a request's work 30 s after its client left; five of them are for saving. */
const AFTER_DEPARTURE_MS = 25_000;

export type ServicesFactory = (
  bindings: Record<string, unknown>,
  context: Pick<ExecutionContext, 'waitUntil'>,
) => Services;

/** What follows from the bindings alone: worked out once an isolate. It holds no connection: on Workers those belong to a request. */
interface Deployment {
  env: Env;
  log: Log;
  models: ModelCatalogue;
  servers: McpServerConfig[];
  /** Remembers which models fail. */
  runner: TurnRunner;
}

/** The one place that picks vendors. Call it once an isolate; the factory it returns, once a request. */
export function createWiring(): ServicesFactory {
  const deployments = new WeakMap<object, Deployment>();
  const blocked = new Map<string, number>();
  const builtInCatalogues: McpToolHubOptions['builtInCatalogues'] = new Map();
  let startedAt: number | undefined;
  const { now } = systemClock;

  return (bindings, context) => {
    const deployment = deployments.get(bindings) ?? deploymentOf(bindings);
    deployments.set(bindings, deployment);
    startedAt ??= now();
    const { env, log, models, servers, runner } = deployment;

    const keys = redisKeys(env.HISTORY_NAMESPACE);
    const redis = upstashClient(env);
    const database = openDatabase(env);
    const archived = database !== null && env.HISTORY_STORAGE_BACKEND === 'postgres';
    const memory = {
      redis,
      keys,
      now,
      archived,
      sessionTtlMs: Math.round(env.SESSION_TIMEOUT_MINUTES * 60_000),
      memoryMax: env.MEMORY_MAX,
    };
    const tasks: Services['tasks'] = database ? (caller) => neonTaskStore(database, caller.owner) : null;
    const files: Services['files'] = database ? (caller) => neonWorkspace(database, caller.owner) : null;
    const catalogue: Services['catalogue'] = database ? (caller) => neonCatalogue(database, caller.owner) : null;

    return {
      env,
      log,
      models,
      startedAt,
      clock: systemClock,
      newId: () => crypto.randomUUID(),
      waitUntil: (promise) => context.waitUntil(promise),
      identities: clientIdentities,
      sessions: (caller) => upstashSessions(memory, caller),
      journal: upstashJournal(memory),
      limits: upstashLimits({
        redis,
        prefix: keys.rateLimit,
        ratePerSecond: env.RATE_RPS,
        burst: env.RATE_BURST,
        blocked,
        now,
      }),
      outbox: upstashOutbox({ redis, keys }),
      counters: upstashCounters({ redis, keys, now }),
      archive: archived ? neonArchive(database) : null,
      tasks,
      files,
      catalogue,
      runner,
      tools: mcpToolHub({
        servers,
        namespace: env.HISTORY_NAMESPACE,
        cache: upstashCatalogueCache(redis),
        builtInCatalogues,
        builtInFetch: inProcess({ tasks, files, catalogue, log }),
        fetch: (input, init) => fetch(input, init),
        onToolChange: env.MCP_ON_TOOL_CHANGE,
        reportChange: (server, tools) => log('warn', 'tools_changed', { server, tools: tools.join(', ') }),
        development: env.ENVIRONMENT === 'development',
        toolTimeoutMs: env.TOOL_TIMEOUT_SECONDS * 1000,
        now,
      }),
      assets: assetsOf(bindings),
      policy: {
        maxSteps: env.TURN_MAX_STEPS,
        totalTimeoutMs: env.TURN_TIMEOUT_SECONDS * 1000,
        afterDepartureMs: AFTER_DEPARTURE_MS,
        systemPrompt: env.INITIAL_SYSTEM_PROMPT,
        chooseModels: (requested) => models.choose(requested),
      },
    };
  };
}

/** Our own tool servers answer the same client as remote ones do, without a network between. */
function inProcess({
  tasks,
  files,
  catalogue,
  log,
}: Pick<Services, 'tasks' | 'files' | 'catalogue' | 'log'>): McpToolHubOptions['builtInFetch'] {
  return (caller, name) => async (input, init) => {
    const onError = (cause: unknown) => log('error', 'tool_failed', { server: name }, cause);
    if (!tasks || !files || !catalogue) return new Response(null, { status: 404 });
    const context = {
      caller,
      tasks: tasks(caller),
      files: files(caller),
      catalogue: catalogue(caller),
      onError,
    };
    const response = await serveMcp(name, new Request(input, init), context);
    return response ?? new Response(null, { status: 404 });
  };
}

function deploymentOf(bindings: Record<string, unknown>): Deployment {
  const env = parseEnv(bindings);
  const log = consoleLog(env.LOG_LEVEL);
  return {
    env,
    log,
    models: modelCatalogue(env),
    servers: mcpServers(env.MCP_SERVERS, bindings, env.DATABASE_URL === undefined ? [] : BUILT_IN_SERVERS),
    runner: sdkRunner({
      timeouts: providerTimeouts(env),
      onFailedAttempt: (model, cause) => log('warn', 'model_attempt_failed', { model }, cause),
    }),
  };
}

/** The platform's binding for the built pages, absent in a deployment without them. */
function assetsOf(bindings: Record<string, unknown>): Services['assets'] {
  const binding = bindings['ASSETS'];
  return isFetcher(binding) ? (request) => binding.fetch(request) : null;
}

function isFetcher(value: unknown): value is { fetch(request: Request): Promise<Response> } {
  return typeof value === 'object' && value !== null && 'fetch' in value && typeof value.fetch === 'function';
}
