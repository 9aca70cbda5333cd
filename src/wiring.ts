import { readAttached } from './attachments/read-attached.ts';
import { callerOf } from './auth/caller.ts';
import type { ExecutionContext } from 'hono';
import { openDatabase, pingDatabase } from './archive/neon-database.ts';
import type { RememberedKeys } from './auth/remember-keys.ts';
import { upstashLedger } from './budgets/upstash.ts';
import { neonCatalogue } from './catalogue/neon.ts';
import { upstashJournal } from './journal/upstash.ts';
import { upstashBypass, type RememberedBypass } from './limits/bypass-upstash.ts';
import { neonKnowledge } from './knowledge/neon.ts';
import { openKnowledge } from './knowledge/open-knowledge.ts';
import { upstashLimits } from './limits/upstash.ts';
import { upstashCounters } from './observe/counters-upstash.ts';
import { requestMeter } from './observe/request-meter.ts';
import { bundledPrompts } from './prompts/bundled-prompts.ts';
import { redisKeys } from './redis/keys.ts';
import { upstashClient } from './redis/upstash-client.ts';
import type { Services } from './services.ts';
import { neonTaskStore } from './tasks/neon.ts';
import { catalogueMemory } from './tools/catalogue-memory.ts';
import { mcpToolHub } from './tools/mcp-tool-hub.ts';
import { upstashCatalogueCache } from './tools/upstash.ts';
import { systemClock } from './turn/turn-clock.ts';
import type { RequestFacts } from './http/request-facts.ts';
import { inProcess } from './wiring/built-in-servers.ts';
import { codeInterpreters } from './wiring/code-machine.ts';
import { callerLogins, type LoginParts } from './wiring/caller-logins.ts';
import { deploymentOf, type Deployment } from './wiring/deployment.ts';
import { history } from './wiring/history.ts';
import { identitySources } from './wiring/identity-sources.ts';
import { traces } from './wiring/traces.ts';
import { assetsOf } from './wiring/page-assets.ts';
import { neonWorkspace } from './workspace/neon.ts';
import { chatView, WHOLE_WORKSPACE } from './workspace/workspace-view.ts';

/** The platform cancels a request's work 30 s after its client left; five of them are for saving. */
const AFTER_DEPARTURE_MS = 25_000;

export type ServicesFactory = (
  bindings: Record<string, unknown>,
  context: Pick<ExecutionContext, 'waitUntil'>,
  /** Undefined for what nobody asked for, as cron. */
  request?: RequestFacts,
) => Services;

/** The one place that picks vendors. Call it once an isolate; the factory it returns, once a request. */
export function createWiring(): ServicesFactory {
  const deployments = new WeakMap<object, Deployment>();
  const blocked = new Map<string, number>();
  const rememberedKeys: RememberedKeys = new Map();
  const rememberedBypass: RememberedBypass = new Map();
  const catalogues = catalogueMemory();
  const clientTokens: LoginParts['clientTokens'] = new Map();
  let startedAt: number | undefined;
  const { now } = systemClock;

  return (bindings, context, request) => {
    const deployment = deployments.get(bindings) ?? deploymentOf(bindings, now);
    deployments.set(bindings, deployment);
    startedAt ??= now();
    const { env, log, tally, models, servers, seal, runner, writeTitle, summarise } = deployment;
    const meter = requestMeter(now, request?.id);

    const questionTtlMs = Math.round(env.TOOL_APPROVAL_TTL_HOURS * 3_600_000);
    const keys = redisKeys(env.HISTORY_NAMESPACE);
    const redis = upstashClient(env);
    const bypass = upstashBypass({ redis, key: keys.bypass, remembered: rememberedBypass, now });
    const database = openDatabase(env);
    const onCounted = () => void (meter.counted = true);
    const parts = { env, redis, keys, database, log, writeTitle, summarise, tally, onCounted, now };
    const { memory, ...remembered } = history(parts);
    const tasks: Services['tasks'] = database ? (caller) => neonTaskStore(database, caller.owner) : null;
    const files: Services['files'] = database
      ? (caller, chat = null) => neonWorkspace(database, caller.owner, chat === null ? WHOLE_WORKSPACE : chatView(chat))
      : null;
    const attachedOf: Services['attachedOf'] = ({ id, owner }) =>
      files ? readAttached(files(callerOf(owner), id)) : async (references) => references.map(() => ({ kind: 'gone' }));
    const catalogue: Services['catalogue'] = database ? (caller) => neonCatalogue(database, caller.owner) : null;
    const knowledge: Services['knowledge'] = database
      ? (owner) =>
          openKnowledge({
            store: neonKnowledge(database, owner),
            embedder: deployment.embedder,
            newId: () => crypto.randomUUID(),
            onFailure: (cause) => log('warn', 'embedding_failed', {}, cause),
          })
      : null;

    const code = codeInterpreters(deployment.code, database, files);
    const waitUntil = (promise: Promise<unknown>) => context.waitUntil(promise);
    const headersOf = (owner: string) => (request?.owner() === owner ? request.headers : null);
    const origin = env.PUBLIC_URL ?? request?.origin ?? '';
    const logins = callerLogins({
      env,
      redis,
      keys,
      database,
      seal,
      servers,
      clientTokens,
      waitUntil,
      now,
      onChange: (owner, { name }) => tools.forget(callerOf(owner), name),
    });
    const tools = mcpToolHub({
      servers,
      namespace: env.HISTORY_NAMESPACE,
      cache: upstashCatalogueCache(redis),
      memory: catalogues,
      builtInFetch: inProcess({ tasks, files, catalogue, knowledge, code, log }),
      fetch: (input, init) => fetch(input, init),
      onToolChange: env.MCP_ON_TOOL_CHANGE,
      reportChange: (server, changed) => log('warn', 'tools_changed', { server, tools: changed.join(', ') }),
      development: env.ENVIRONMENT === 'development',
      toolTimeoutMs: env.TOOL_TIMEOUT_SECONDS * 1000,
      toolApproval: env.TOOL_APPROVAL,
      seal,
      questionTtlMs,
      sessionsKey: keys.toolSessions,
      logins,
      headersOf,
      addresses: { origin },
      now,
    });

    return {
      env,
      log,
      models,
      prompts: bundledPrompts,
      startedAt,
      clock: systemClock,
      newId: () => crypto.randomUUID(),
      waitUntil,
      origin,
      logins,
      access: deployment.access,
      identitySources: identitySources(deployment, { redis, keys, database, remembered: rememberedKeys, now }),
      ...remembered,
      journal: upstashJournal(memory),
      bypass,
      budgets: deployment.budgets,
      ledger: upstashLedger({ redis, keys, now }),
      limits: upstashLimits({
        redis,
        bypass,
        prefix: keys.rateLimit,
        rate: { perSecond: env.RATE_RPS, burst: env.RATE_BURST },
        onFailure: env.RATE_LIMIT_ON_FAILURE,
        blocked,
        now,
      }),
      counters: upstashCounters({ redis, keys, enabled: env.METRICS_ENABLED, tally, now }),
      tally,
      meter,
      startTrace: traces({ env, log, request, now, waitUntil }),
      probes: database ? { database: () => pingDatabase(database) } : {},
      tasks,
      files,
      attachedOf,
      catalogue,
      knowledge,
      code,
      seal,
      runner,
      tools,
      assets: assetsOf(bindings),
      policy: {
        maxSteps: env.TURN_MAX_STEPS,
        totalTimeoutMs: env.TURN_TIMEOUT_SECONDS * 1000,
        afterDepartureMs: AFTER_DEPARTURE_MS,
        questionTtlMs,
        systemPrompt: env.INITIAL_SYSTEM_PROMPT,
        promptsOf: deployment.promptsOf,
        memoryTokens: env.MEMORY_TOKENS_DEFAULT,
        chooseModels: (requested) => models.choose(requested),
      },
    };
  };
}
