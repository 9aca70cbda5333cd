import type { UIMessageChunk } from 'ai';
import { responseEvents, type ResponseTurn } from '../../wire/response-events.ts';
import { responseStreamEncoder } from '../../wire/response-stream-encoder.ts';
import type { AppContext } from '../context.ts';
import { parseBody } from '../parse-body.ts';
import { answerTurn } from './answer-turn.ts';
import { completionMessages } from './completion-messages.ts';
import { completionFunctions, completionOptions } from './completion-options.ts';
import { joinedSession } from './joined-session.ts';
import { responseSchema } from './response-input.ts';
import { responseToCompletion } from './response-to-completion.ts';
import { refused, startAnswer } from './start-answer.ts';

/** `POST /v1/responses`: stateless; one turn of a session when the request names one, or a response that was kept in one. */
export async function createResponse(c: AppContext): Promise<Response> {
  const body = await parseBody(c, responseSchema);
  const request = responseToCompletion(body);
  const { instruction, messages } = completionMessages(request.messages, 'input');
  if (messages.length === 0) throw refused('input', 'there is nothing to answer');
  const functions = completionFunctions(request.tools);
  const options = completionOptions(c, request, instruction);
  const previous = body.previous_response_id;
  const sessionId = previous ? await sessionOf(c, previous) : await joinedSession(c, body);
  const started = await startAnswer(c, { sessionId, messages, functions, options });
  if (started instanceof Response) return started;

  const { turnId, run } = started;
  const turn: ResponseTurn = {
    responseId: sessionId === null ? `resp_${turnId}` : `resp_${sessionId}.${turnId}`,
    turnId,
    now: c.get('services').clock.now(),
    model: options.model ?? '',
    functions: new Set(functions.map(({ name }) => name)),
    instructions: body.instructions ?? null,
    metadata: body.metadata ?? {},
  };
  const form = {
    encoder: () => responseStreamEncoder(turn),
    whole: (chunks: readonly UIMessageChunk[]) => wholeResponse(turn, chunks),
  };
  return answerTurn(c, body.stream ?? false, form, run);
}

function wholeResponse(turn: ResponseTurn, chunks: readonly UIMessageChunk[]): object {
  const events = responseEvents(turn);
  for (const chunk of chunks) events.next(chunk);
  return events.end().at(-1)?.response ?? {};
}

/** Only the last response of a session can be continued: a session has one history. */
async function sessionOf(c: AppContext, responseId: string): Promise<string> {
  const [, sessionId, turnId] = /^resp_([A-Za-z0-9_-]{16,64})\.(turn_[A-Za-z0-9-]{1,64})$/.exec(responseId) ?? [];
  const found = sessionId && (await c.get('services').sessions(c.get('caller')).get(sessionId));
  if (!found) {
    throw refused(
      'previous_response_id',
      'there is no such response: only those of a session (`metadata.session_id`) are kept',
    );
  }
  if (found.turn?.id !== turnId) {
    throw refused('previous_response_id', 'only the last response of a session can be continued');
  }
  return found.session.id;
}
