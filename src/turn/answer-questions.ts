import type { HeldTurn } from '../journal/turn-journal.ts';
import type { Answer } from '../memory/question.ts';
import type { TurnTools } from '../tools/tool-hub.ts';
import { answerElicitation } from './answer-elicitation.ts';
import { planResume, type AskedCall } from './plan-resume.ts';
import { UNKNOWN_OUTCOME } from './reopen-step.ts';
import type { TurnPump } from './turn-pump.ts';

/**
 * Brings what a person has said into the turn. Calls that were allowed are shown as such, and the next run of the model makes them; what
 * servers wanted to know is told to them. Of answers that an earlier producer had begun to act on, the outcome is unknown, unless the call
 * may be repeated. True when there was anything to bring in.
 */
export async function answerQuestions(held: HeldTurn, pump: TurnPump, tools: TurnTools): Promise<boolean> {
  const { askedCalls } = planResume(pump.log.chunks);
  const answerOf = ({ id }: AskedCall) => held.answers.find((answer) => answer.id === id);
  for (const call of askedCalls.filter(({ answer }) => answer !== 'none')) {
    await settleBegun(call, answerOf(call), pump, tools);
  }
  const answered = askedCalls.flatMap((call) => {
    const answer = call.answer === 'none' ? answerOf(call) : undefined;
    return answer ? [{ call, answer }] : [];
  });
  for (const { answer } of answered) {
    if (answer.kind !== 'approval') continue;
    const { id: approvalId, approved, reason } = answer;
    pump.emit({ type: 'tool-approval-response', approvalId, approved, ...(reason !== undefined && { reason }) });
  }
  for (const { call, answer } of answered) {
    if (answer.kind === 'elicitation') await answerElicitation(call, answer, pump, tools);
  }
  return askedCalls.some(({ answer }) => answer !== 'none') || answered.length > 0;
}

/** The journal has the answer and not what came of it: whoever had begun to act on it is gone. */
async function settleBegun(
  call: AskedCall,
  answer: Answer | undefined,
  pump: TurnPump,
  tools: TurnTools,
): Promise<void> {
  const { toolCallId, toolName } = call;
  if (call.answer === 'no') return pump.emit({ type: 'tool-output-denied', toolCallId });
  if (tools.isRepeatable(toolName)) {
    // It is left to the next run of the model, which makes the call only if it is the one that the person was shown.
    if (call.kind === 'approval') return undefined;
    if (answer?.kind === 'elicitation') return answerElicitation(call, answer, pump, tools);
  }
  return pump.emit({ type: 'tool-output-error', toolCallId, errorText: UNKNOWN_OUTCOME, dynamic: true });
}
