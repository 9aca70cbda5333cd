import {
  InvalidToolApprovalSignatureError,
  jsonSchema,
  Output,
  streamText,
  toUIMessageStream,
  type LanguageModelUsage,
  type UIMessageChunk,
} from 'ai';
import { systemClock, type TurnClock } from '../turn/turn-clock.ts';
import type { JsonAnswer, TurnInput, TurnOutcome, TurnRunner } from '../turn/turn-runner.ts';
import { candidateHealth } from './candidate-health.ts';
import { failoverModel } from './failover-model.ts';
import { failureText } from './failure-text.ts';
import { judgeFailure } from './judge-failure.ts';
import { properChunks } from './proper-chunks.ts';
import type { ProviderTimeouts } from './provider-timeouts.ts';
import { mayGoOn, type StoppedAt } from './may-go-on.ts';
import { safeTools } from './safe-tools.ts';
import { sourceChunks } from './source-chunks.ts';
import { traceCalls } from './trace-calls.ts';
import { totalUsage } from './total-usage.ts';
import { waitingModel } from './waiting-model.ts';

export interface SdkRunnerOptions {
  timeouts: ProviderTimeouts;
  clock?: TurnClock;
  /** Signs what a person is asked to allow: at least 32 bytes. Without it requests are not signed. */
  approvalSecret?: string | undefined;
  /** Small deltas are merged for this long; 0 keeps each. */
  mergeDeltasMs?: number;
  /** Hears of every failed attempt, also of those that a fallback made good. The error is for the log only. */
  onFailedAttempt?(modelId: string, error: unknown): void;
}

/** At 50 ms text still flows for the eye, and a fast model costs a third of the CPU that its single tokens would. */
const MERGE_DELTAS_MS = 50;

/** Runs turns on the AI SDK. What it learns about failing models lives as long as the runner: make one for each isolate. */
export function sdkRunner(options: SdkRunnerOptions): TurnRunner {
  const { timeouts, clock = systemClock, mergeDeltasMs = MERGE_DELTAS_MS, onFailedAttempt = () => {} } = options;
  const health = candidateHealth(() => clock.now());

  return {
    async run(input) {
      const chunks = properChunks(input.messageId, input.emit);
      const usages: LanguageModelUsage[] = [];
      let modelId: string | undefined;
      let emptyStep = false;
      let failure: { error: unknown } | undefined;
      let finish: Extract<UIMessageChunk, { type: 'finish' }> | undefined;

      const model = failoverModel({
        candidates: input.models,
        health,
        timeouts,
        clock,
        mergeDeltasMs,
        onAnswer: (id) => (modelId = id),
        onFailure: onFailedAttempt,
      });
      try {
        const tools = safeTools(input.tools);
        const { stream } = streamText({
          ...callSettings(input),
          ...(options.approvalSecret !== undefined && { experimental_toolApprovalSecret: options.approvalSecret }),
          toolApproval: ({ toolCall }) => (input.needsApproval(toolCall.toolName) ? 'user-approval' : 'not-applicable'),
          telemetry: telemetryOf(input, () => modelId),
          model: waitingModel(model, input.isWaiting),
          tools,
          onStepEnd: ({ usage }) => void usages.push(usage),
          onError: ({ error }) => (failure ??= { error }),
        });
        const reader = toUIMessageStream({
          stream,
          tools,
          sendSources: true,
          generateMessageId: () => input.messageId,
          onError: (error) => failureText(error, clock.now()),
        }).getReader();
        for (;;) {
          const { done, value } = await reader.read();
          if (done) break;
          if (value.type === 'finish') finish = value;
          if (value.type === 'start-step' && input.isWaiting()) emptyStep = true;
          if (!emptyStep) for (const chunk of [value, ...sourceChunks(value)]) chunks.pass(chunk);
          if (value.type === 'finish-step') emptyStep = false;
        }
      } catch (error) {
        // A provider's broken socket ends here when the SDK does not report it itself.
        failure ??= { error };
      }

      const about = { usage: totalUsage(usages), modelId };
      if (finish && finish.finishReason !== 'error' && !failure) {
        chunks.finish(finish);
        return { status: 'complete', finishReason: finish.finishReason, failure: undefined, ...about };
      }
      if (input.signal.aborted) {
        chunks.abort();
        return { status: 'aborted', finishReason: undefined, failure: undefined, ...about };
      }
      const error = failure?.error;
      chunks.fail(failureText(error, clock.now()));
      return { status: 'failed', finishReason: 'error', failure: failed(error, clock), ...about };
    },
  };
}

/** Without a trace the SDK tells nobody, which saves it the work. */
function telemetryOf({ trace }: TurnInput, answeredBy: () => string | undefined) {
  if (!trace) return { isEnabled: false };
  return { integrations: traceCalls(trace, answeredBy), recordInputs: trace.content, recordOutputs: trace.content };
}

function callSettings(input: TurnInput) {
  const { instructions, messages, toolChoice, maxSteps, settings, json, signal } = input;
  return {
    ...settings,
    messages,
    ...(instructions !== undefined && { instructions }),
    ...(toolChoice !== undefined && { toolChoice }),
    ...(json !== undefined && { output: jsonOutput(json) }),
    // A forced call is obeyed once: in every step it would keep the model from ever answering in words.
    prepareStep: ({ stepNumber }: { stepNumber: number }) =>
      stepNumber > 0 && toolChoice !== 'none' ? { toolChoice: 'auto' as const } : {},
    stopWhen: async ({ steps }: StoppedAt) => steps.length >= maxSteps || !(await mayGoOn(input, steps)),
    abortSignal: signal,
    // Retries would be seconds of silence: the failover moves on at once.
    maxRetries: 0,
  };
}

/** The schema goes to the provider, which holds the model to it; here nothing is checked again. */
function jsonOutput({ name, description, schema }: JsonAnswer) {
  const about = { ...(name !== undefined && { name }), ...(description !== undefined && { description }) };
  return schema ? Output.object({ ...about, schema: jsonSchema(schema) }) : Output.json(about);
}

function failed(error: unknown, clock: TurnClock): NonNullable<TurnOutcome['failure']> {
  // The SDK signs the tool and its input: what was stored since is not what the person was shown, or the secret has changed.
  if (InvalidToolApprovalSignatureError.isInstance(error)) return { code: 'approval_invalid', cause: error };
  return { code: judgeFailure(error, clock.now()).code, cause: error };
}
