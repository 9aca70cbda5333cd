import type { ToolQuestion } from '../tools/tool-question.ts';
import type { Elicitation } from '../wire/read-elicitation.ts';
import type { TurnPump } from './turn-pump.ts';

/** Shows what a tool's server wants to know; it stays in the message, and is replaced there when it is answered or asked anew. */
export function showQuestion(pump: TurnPump, question: ToolQuestion): void {
  const { toolCallId, toolName, round, requests, state, expiresAt } = question;
  const data: Elicitation = {
    elicitation_id: `${toolCallId}:${round}`,
    tool_call_id: toolCallId,
    tool_name: toolName,
    round,
    requests,
    expires_at: new Date(expiresAt).toISOString(),
    answered: false,
    state,
  };
  pump.emit({ type: 'data-mcp-elicitation', id: toolCallId, data });
}
