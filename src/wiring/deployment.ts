import { parseEnv, type Env } from '../env.ts';
import { BUILT_IN_SERVERS } from '../mcp/serve-mcp.ts';
import type { Embedder } from '../knowledge/embedder.ts';
import { configuredEmbedder } from '../model/configured-embedder.ts';
import { modelCatalogue } from '../model/configured-models.ts';
import type { ModelCatalogue } from '../model/model-catalogue.ts';
import { providerTimeouts } from '../model/provider-timeouts.ts';
import { summaryWriter } from '../model/summary-writer.ts';
import { topicWriter } from '../model/topic-writer.ts';
import { sdkRunner } from '../model/sdk-runner.ts';
import { consoleLog, type Log } from '../observe/log.ts';
import { tally, type Tally } from '../observe/tally.ts';
import { bundledPrompts } from '../prompts/bundled-prompts.ts';
import { choosePromptSet } from '../prompts/choose-prompt-set.ts';
import { configuredPrompts } from '../prompts/configured-prompts.ts';
import type { TurnPolicy } from '../turn/turn-request.ts';
import type { Seal } from '../seal/seal.ts';
import { webCryptoSeal } from '../seal/web-crypto.ts';
import { mcpServers, type McpServerConfig } from '../tools/mcp-servers.ts';
import type { SessionMemories } from '../turn/session-memories.ts';
import type { SessionTitles } from '../turn/session-titles.ts';
import type { TurnRunner } from '../turn/turn-runner.ts';
import type { BudgetPolicy } from '../budgets/budget-policy.ts';
import { budgetPolicy } from './budget-parts.ts';
import { codeMachine, type CodeMachine } from './code-machine.ts';
import { tokenSources, type TokenSources } from './token-sources.ts';

/** What follows from the bindings alone: worked out once an isolate. It holds no connection: on Workers those belong to a request. */
export interface Deployment extends TokenSources {
  env: Env;
  log: Log;
  /** What the isolate counts. */
  tally: Tally;
  models: ModelCatalogue;
  writeTitle: SessionTitles['write'];
  budgets: BudgetPolicy;
  promptsOf: TurnPolicy['promptsOf'];
  /** Null when MEMORY_SUMMARY is off. */
  summarise: SessionMemories['summarise'];
  /** Null without EMBEDDING_MODEL. */
  embedder: Embedder | null;
  servers: McpServerConfig[];
  /** Null without SEALING_KEYS. */
  seal: Seal | null;
  code: CodeMachine;
  /** Remembers which models fail. */
  runner: TurnRunner;
}

export function deploymentOf(bindings: Record<string, unknown>, now: () => number): Deployment {
  const env = parseEnv(bindings);
  const log = consoleLog(env.LOG_LEVEL);
  const models = modelCatalogue(env);
  return {
    env,
    log,
    tally: tally(env.METRICS_ENABLED),
    ...tokenSources(env, log, now),
    code: codeMachine(now, log),
    models,
    writeTitle: topicWriter(models, env.TOPIC_MODEL, (model, cause) => log('warn', 'topic_failed', { model }, cause)),
    budgets: budgetPolicy(env, models),
    promptsOf: configuredPrompts(bundledPrompts, env.PROMPT_SET),
    summarise:
      env.MEMORY_SUMMARY === 'off'
        ? null
        : summaryWriter(models, {
            model: env.SUMMARY_MODEL ?? (env.TOPIC_MODEL === 'none' ? undefined : env.TOPIC_MODEL),
            instructions: (id) => choosePromptSet(bundledPrompts, null, id)?.summary ?? '',
            onFailure: (model, cause) => log('warn', 'summary_failed', { model }, cause),
          }),
    embedder: configuredEmbedder(env),
    servers: mcpServers(env.MCP_SERVERS?.reveal(), bindings, env.DATABASE_URL === undefined ? [] : BUILT_IN_SERVERS),
    seal: env.SEALING_KEYS.length > 0 ? webCryptoSeal(env.SEALING_KEYS.map((key) => key.reveal())) : null,
    runner: sdkRunner({
      timeouts: providerTimeouts(env),
      approvalSecret: env.TOOL_APPROVAL_SECRET?.reveal(),
      onFailedAttempt: (model, cause) => log('warn', 'model_attempt_failed', { model }, cause),
    }),
  };
}
