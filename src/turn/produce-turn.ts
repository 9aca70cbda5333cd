import type { ModelMessage, UIMessageChunk } from 'ai';
import type { HeldTurn } from '../journal/turn-journal.ts';
import type { ModelCandidate } from '../model/model-catalogue.ts';
import type { ChosenPrompts } from '../prompts/choose-prompt-set.ts';
import type { Example } from '../prompts/prompt-library.ts';
import type { TurnTools } from '../tools/tool-hub.ts';
import { foldMessage } from '../wire/fold-message.ts';
import { addUsage } from './add-usage.ts';
import { answerQuestions } from './answer-questions.ts';
import { openQuestions } from './await-person.ts';
import { budgetGate } from './budget-gate.ts';
import { estimateUsage } from './estimate-usage.ts';
import { journaledTools } from './journaled-tools.ts';
import { planResume } from './plan-resume.ts';
import { reopenStep, type RestartReason } from './reopen-step.ts';
import { serverNotices } from './server-notices.ts';
import { turnPrompt } from './turn-prompt.ts';
import type { TurnPump } from './turn-pump.ts';
import type { TurnPolicy } from './turn-request.ts';
import type { ModelSettings, TokenUsage, TurnOutcome } from './turn-runner.ts';
import type { TurnServices } from './turn-services.ts';

type Models = readonly [ModelCandidate, ...ModelCandidate[]];

/**
 * Runs the model until the turn is answered, from wherever its chunks stand. A model that breaks off after its first word, while its
 * step has shown nothing but text, is replaced by the next one, and the step begins again. Emits everything but the terminal chunks.
 */
export async function produceTurn(
  services: TurnServices,
  policy: TurnPolicy,
  held: HeldTurn,
  pump: TurnPump,
  messageId: string,
  turnTools: TurnTools,
): Promise<TurnOutcome> {
  const { options, session } = held;
  const gate = budgetGate(services, held);
  let told: TokenUsage | undefined;
  let models: Models = policy.chooseModels(options.model ?? session.model ?? undefined);
  let reason: RestartReason = 'takeover';
  for (;;) {
    const plan = planResume(pump.log.chunks);
    if (plan.openStep !== 'none') await reopenStep(plan, pump, turnTools, reason);
    const stepsDone = plan.stepsDone + (plan.openStep === 'settle' ? 1 : 0);
    const answered = await answerQuestions(held, pump, turnTools);
    if (openQuestions(pump).length > 0) return done(models[0].id);
    // What a person has said is worth a step beyond the last one.
    if (plan.answered || (stepsDone >= policy.maxSteps && !answered)) return done(models[0].id);

    const used = addUsage(told ?? null, estimateUsage(held, pump.log, told !== undefined));
    if (!(await gate.covers(used))) return overspent({ ...done(models[0].id), usage: told });

    const { tools, isRepeatable } = turnTools;
    const prompts = policy.promptsOf(session.prompt, models[0].id);
    const soFar = await foldMessage(messageId, pump.log.chunks);
    const outcome = await services.runner.run({
      models,
      instructions: instructions(policy, held, turnTools, prompts),
      messages: [
        ...(prompts?.examples ?? []).flatMap(exampleMessages),
        ...(await turnPrompt(services, policy, held, soFar, turnTools, models[0].id)),
      ],
      tools: journaledTools(tools, isRepeatable, pump.callJournaled),
      toolChoice: stepsDone === 0 && Object.keys(tools).length > 0 ? options.toolChoice : undefined,
      needsApproval: turnTools.needsApproval,
      isWaiting: () => turnTools.waiting.size > 0,
      maxSteps: Math.max(1, policy.maxSteps - stepsDone),
      mayGoOn: (soFar, next) => gate.covers(addUsage(used ?? null, soFar), next),
      settings: boundedSettings(services, held),
      json: options.json,
      messageId,
      signal: pump.signal,
      trace: pump.trace,
      emit: continuation(pump, turnTools, plan.openStep === 'restart'),
    });
    told = addUsage(told ?? null, outcome.usage);
    if (gate.refused && outcome.status !== 'aborted') return overspent({ ...outcome, usage: told });
    const next = outcome.failure && nextModels(models, outcome.modelId, pump);
    if (!outcome.failure || !next) return { ...outcome, usage: told };
    services.log(
      'warn',
      'model_replaced',
      { turn_id: held.lease.turnId, from: outcome.modelId, to: next[0].id },
      outcome.failure.cause,
    );
    reason = outcome.failure.code === 'provider_timeout' ? 'provider_timeout' : 'provider_error';
    models = next;
  }
}

/** What the message already shows is not begun again, and how a run ends is not the last word: both are left out. */
function continuation(pump: TurnPump, tools: TurnTools, inStep: boolean): (chunk: UIMessageChunk) => void {
  let skipStep = inStep;
  let failed = false;
  return (chunk) => {
    if (chunk.type === 'error') failed = true;
    if (failed || chunk.type === 'finish' || chunk.type === 'abort') return;
    if (chunk.type === 'start' && pump.log.lastSeq > 0) return;
    if (chunk.type === 'tool-output-available' && tools.waiting.has(chunk.toolCallId)) return;
    if (chunk.type === 'start-step' && skipStep) {
      skipStep = false;
      return;
    }
    pump.emit(chunk);
  };
}

/** The models after the one that broke off; null when it showed more than text in this step, or none is left. */
function nextModels(models: Models, brokeOff: string | undefined, pump: TurnPump): Models | null {
  const [first, ...rest] = models.slice(models.findIndex(({ id }) => id === brokeOff) + 1);
  const canRestart = brokeOff !== undefined && planResume(pump.log.chunks).openStep === 'restart';
  return canRestart && first ? [first, ...rest] : null;
}

/** The message's own instruction, the session's system prompt, the set it names, INITIAL_SYSTEM_PROMPT, the deployment's set: the first there is. */
function instructions(
  policy: TurnPolicy,
  { options, session }: HeldTurn,
  turnTools: TurnTools,
  prompts: ChosenPrompts | null,
): string | undefined {
  const named = session.prompt === null ? undefined : prompts?.starting;
  const chosen = options.instruction ?? session.systemPrompt ?? named ?? policy.systemPrompt ?? prompts?.starting;
  return [chosen, ...serverNotices(turnTools)].filter(Boolean).join('\n\n') || undefined;
}

/** They are shown to the model alone: no history, no archive and no limit knows them. */
function exampleMessages({ user, assistant }: Example): ModelMessage[] {
  return [
    { role: 'user', content: user },
    { role: 'assistant', content: assistant },
  ];
}

function done(modelId: string): TurnOutcome {
  return { status: 'complete', finishReason: 'stop', usage: undefined, modelId, failure: undefined };
}

function overspent(outcome: TurnOutcome): TurnOutcome {
  return { ...outcome, status: 'failed', failure: { code: 'budget_exceeded', cause: undefined } };
}

/** Where a budget holds, no call may say more than was reserved for it. */
function boundedSettings({ budgets }: TurnServices, { options, budget }: HeldTurn): ModelSettings {
  const bounded = budget !== null && budget.charge.limits.length > 0;
  return bounded ? { maxOutputTokens: budgets.outputTokens, ...options.settings } : options.settings;
}
