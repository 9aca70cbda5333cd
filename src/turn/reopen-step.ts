import type { ModelMessage } from 'ai';
import type { TurnTools } from '../tools/tool-hub.ts';
import { closeOpenParts } from '../wire/close-open-parts.ts';
import type { OpenCall, ResumePlan } from './plan-resume.ts';
import type { TurnPump } from './turn-pump.ts';

export type RestartReason = 'takeover' | 'provider_error' | 'provider_timeout';

/** What the model is told of a call that may or may not have happened. */
export const UNKNOWN_OUTCOME =
  'It is not known whether this call took effect: the connection was lost. Check before you try again.';

/**
 * Brings a broken-off step into a state that the model can go on from. A step that called no tool is taken back, openly. One that did is
 * kept: calls that may be repeated are made again, the others are reported as unknown.
 */
export async function reopenStep(
  plan: ResumePlan,
  pump: TurnPump,
  tools: TurnTools,
  reason: RestartReason,
): Promise<void> {
  if (plan.openStep === 'restart') {
    pump.emit({ type: 'data-restart', transient: true, data: { reason, step: plan.stepsDone + 1 } });
    pump.emit({ type: 'reset-step' });
  }
  if (plan.openStep !== 'settle') return;
  // A call that needs a person's word and was not asked about has not been made; the model has to ask for it again.
  const repeatable = ({ toolName }: OpenCall) => tools.isRepeatable(toolName) && !tools.needsApproval(toolName);
  for (const call of plan.openCalls.filter(repeatable)) await repeatCall(call, pump, tools);
  const waiting = plan.askedCalls.map(({ toolCallId }) => toolCallId);
  for (const chunk of closeOpenParts(pump.log.chunks, UNKNOWN_OUTCOME, waiting)) pump.emit(chunk);
  pump.emit({ type: 'finish-step' });
}

/** Makes a call outside of the model's loop, and shows what came of it. */
async function repeatCall({ toolCallId, toolName, input }: OpenCall, pump: TurnPump, tools: TurnTools): Promise<void> {
  const execute = tools.tools[toolName]?.execute;
  if (!execute) return;
  const messages: ModelMessage[] = [];
  try {
    const output: unknown = await execute(input, {
      toolCallId,
      messages,
      abortSignal: pump.signal,
      context: undefined,
    });
    if (!tools.waiting.has(toolCallId)) pump.emit({ type: 'tool-output-available', toolCallId, output, dynamic: true });
  } catch {
    pump.emit({ type: 'tool-output-error', toolCallId, errorText: 'The tool failed.', dynamic: true });
  }
}
