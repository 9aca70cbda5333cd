import type { DynamicToolUIPart } from 'ai';
import { z } from 'zod';
import { budgetLeftSchema, type BudgetLeft } from '../budgets/budgets-left.ts';
import { AppError } from '../errors.ts';
import type { HeldTurn } from '../journal/turn-journal.ts';
import type { Session } from '../memory/session.ts';
import type { StoredMessage } from '../memory/stored-message.ts';
import type { TurnResult } from '../turn/run-turn.ts';
import { sessionMissing } from '../turn/start-turn.ts';
import { failureOf } from '../turn/turn-failure.ts';
import type { AppContext } from './context.ts';
import { historyBody, messageBody } from './session-body.ts';
import { idOf } from './sessions.ts';

/** Seed 001's reply to a turn that was run here. Throws the turn's failure as the request's own. */
export function wholeReply(c: AppContext, held: HeldTurn, result: TurnResult): Response {
  if (result.failure) throw turnFailed(result.turnId, result.failure);
  const { history, userMessage, session, options } = held;
  const memory = [...history, userMessage, ...(result.message ? [result.message] : [])];
  const limit = options.memoryLimit ?? session.memoryLimit;
  return c.json(replyBody(c, session, result.turnId, result.status, result.message, memory.slice(-limit)));
}

/** The same for a turn that ended elsewhere, from the session's memory. */
export async function storedReply(c: AppContext, turnId: string): Promise<Response> {
  const found = await c.get('services').sessions(c.get('caller')).read(idOf(c));
  if (!found) throw sessionMissing(idOf(c));
  const answer = found.messages.find((item) => item.turn_id === turnId && item.message.role === 'assistant');
  if (!answer || answer.status === 'failed') throw turnFailed(turnId, failureOf('provider_error'));
  const memory = found.messages.slice(-found.session.memoryLimit);
  return c.json(replyBody(c, found.session, turnId, answer.status, answer, memory));
}

function replyBody(
  c: AppContext,
  session: Session,
  turnId: string,
  status: TurnResult['status'],
  answer: StoredMessage | null,
  memory: StoredMessage[],
) {
  const prompt = session.systemPrompt ?? c.get('services').env.INITIAL_SYSTEM_PROMPT;
  return {
    session_id: session.id,
    turn_id: turnId,
    status,
    model: answer?.model ?? null,
    message: answer ? messageBody(answer) : null,
    usage: answer?.usage ?? null,
    budgets: budgetsIn(answer),
    tool_calls: answer ? toolCalls(answer) : [],
    history: historyBody(memory, prompt, session.createdAt),
  };
}

const metadataSchema = z.object({ budgets: z.array(budgetLeftSchema) });

/** What is left of the caller's budgets, as the turn's last chunk told it. */
function budgetsIn(answer: StoredMessage | null): BudgetLeft[] {
  return metadataSchema.safeParse(answer?.message.metadata).data?.budgets ?? [];
}

function toolCalls({ message }: StoredMessage) {
  return message.parts.flatMap((part) => (part.type === 'dynamic-tool' ? [toolCall(part)] : []));
}

function toolCall({ toolCallId, toolName, state, input, output, errorText, approval }: DynamicToolUIPart) {
  return {
    id: toolCallId,
    name: toolName,
    arguments: input ?? null,
    result: output ?? null,
    error: errorText ?? null,
    state,
    approval_id: approval?.id ?? null,
  };
}

function turnFailed(turnId: string, { code, message }: NonNullable<TurnResult['failure']>): AppError {
  return new AppError(code, message, { details: { turn_id: turnId } });
}
