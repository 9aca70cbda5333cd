import type { DynamicToolUIPart } from 'ai';
import { AppError } from '../errors.ts';
import type { LimitDecision } from '../limits/rate-limits.ts';
import type { StoredMessage } from '../memory/stored-message.ts';
import { runTurn, type TurnResult } from '../turn/run-turn.ts';
import type { BegunTurn } from '../turn/start-turn.ts';
import type { TurnRequest } from '../turn/turn-request.ts';
import { noViewer } from '../turn/viewer.ts';
import { uiStreamEncoder } from '../wire/ui-stream-encoder.ts';
import type { AppContext } from './context.ts';
import { setRateLimitHeaders } from './rate-limit-headers.ts';
import { messageBody } from './session-body.ts';
import { historyBody } from './sessions.ts';
import { streamViewer } from './stream-viewer.ts';
import { wantsStream } from './wants-stream.ts';

/** Answers a turn that has just begun. The turn belongs to `waitUntil` from here on: the client may leave. */
export async function answerBegun(
  c: AppContext,
  request: TurnRequest,
  begun: BegunTurn,
  decision: LimitDecision,
): Promise<Response> {
  const services = c.get('services');
  const { policy, clock, waitUntil } = services;
  setRateLimitHeaders(c, decision);
  if (!wantsStream(c, request)) {
    const running = runTurn(services, policy, request, begun, noViewer);
    waitUntil(running);
    return wholeReply(c, request, begun, await running);
  }
  const { readable, writable } = new IdentityTransformStream();
  const encoder = uiStreamEncoder(begun.lease.turnId);
  waitUntil(runTurn(services, policy, request, begun, streamViewer(writable, encoder, clock)));
  return c.body(readable, 200, encoder.headers);
}

/** Seed 001's reply, with the turn's own facts beside. Throws the turn's failure as the request's. */
export function wholeReply(c: AppContext, request: TurnRequest, begun: BegunTurn, result: TurnResult): Response {
  if (result.failure) {
    const { code, message } = result.failure;
    throw new AppError(code, message, { details: { turn_id: result.turnId } });
  }
  const { session, history, userMessage } = begun;
  const limit = request.memoryLimit ?? session.memoryLimit;
  const memory = [...history, userMessage, ...(result.message ? [result.message] : [])].slice(-limit);
  const prompt = session.systemPrompt ?? c.get('services').env.INITIAL_SYSTEM_PROMPT;
  return c.json({
    session_id: session.id,
    turn_id: result.turnId,
    status: result.status,
    model: result.message?.model ?? null,
    message: result.message ? messageBody(result.message) : null,
    usage: result.message?.usage ?? null,
    tool_calls: result.message ? toolCalls(result.message) : [],
    history: historyBody(memory, prompt, session.createdAt),
  });
}

function toolCalls({ message }: StoredMessage) {
  return message.parts.flatMap((part) => (part.type === 'dynamic-tool' ? [toolCall(part)] : []));
}

function toolCall({ toolCallId, toolName, input, output, errorText }: DynamicToolUIPart) {
  return { id: toolCallId, name: toolName, arguments: input ?? null, result: output ?? null, error: errorText ?? null };
}
