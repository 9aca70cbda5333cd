import { AppError } from '../errors.ts';
import type { Answer } from '../memory/question.ts';
import type { TurnTools } from '../tools/tool-hub.ts';
import { readElicitation } from '../wire/read-elicitation.ts';
import type { AskedCall } from './plan-resume.ts';
import type { TurnPump } from './turn-pump.ts';

type ElicitationAnswer = Extract<Answer, { kind: 'elicitation' }>;

/** Sends a call again with what its server wanted to know. The server may answer it, or ask once more. */
export async function answerElicitation(
  call: AskedCall,
  { replies, rest }: ElicitationAnswer,
  pump: TurnPump,
  tools: TurnTools,
): Promise<void> {
  const { toolCallId, toolName, input, state } = call;
  const asked = pump.log.chunks.findLast((chunk) => chunk.type === 'data-mcp-elicitation' && chunk.id === toolCallId);
  const data = readElicitation(asked && 'data' in asked ? asked.data : undefined);
  pump.emit({ type: 'data-mcp-elicitation', id: toolCallId, data: { ...data, answered: true } });
  // As with any call: whoever takes the turn over has to know that it may have happened.
  await pump.allJournaled();
  try {
    const output = await tools.answer({
      toolCallId,
      toolName,
      input,
      state,
      round: data.round + 1,
      replies: Object.fromEntries(data.requests.map(({ key }) => [key, replies?.[key] ?? rest])),
      signal: pump.signal,
    });
    if (!tools.waiting.has(toolCallId)) pump.emit({ type: 'tool-output-available', toolCallId, output, dynamic: true });
  } catch (error) {
    const errorText = error instanceof AppError ? error.message : 'The tool failed.';
    pump.emit({ type: 'tool-output-error', toolCallId, errorText, dynamic: true });
  }
}
