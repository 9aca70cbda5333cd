import { completionStreamEncoder } from '../../wire/completion-stream-encoder.ts';
import { wholeCompletion } from '../../wire/whole-completion.ts';
import type { AppContext } from '../context.ts';
import { parseBody } from '../parse-body.ts';
import { answerTurn } from './answer-turn.ts';
import { completionSchema } from './completion-input.ts';
import { completionMessages } from './completion-messages.ts';
import { completionFunctions, completionOptions } from './completion-options.ts';
import { joinedSession } from './joined-session.ts';
import { refused, startAnswer } from './start-answer.ts';

/** `POST /v1/chat/completions`: stateless, as OpenAI's; one turn of a session when the request names one. */
export async function createCompletion(c: AppContext): Promise<Response> {
  const body = await parseBody(c, completionSchema);
  const { instruction, messages } = completionMessages(body.messages);
  if (messages.length === 0) throw refused('messages', 'there is nothing to answer');
  const functions = completionFunctions(body.tools);
  const options = completionOptions(c, body, instruction);
  const sessionId = await joinedSession(c, body);
  const started = await startAnswer(c, { sessionId, messages, functions, options });
  if (started instanceof Response) return started;

  const { turnId, run } = started;
  const turn = {
    turnId,
    now: c.get('services').clock.now(),
    ...(options.model !== undefined && { model: options.model }),
    functions: new Set(functions.map(({ name }) => name)),
    includeUsage: body.stream_options?.include_usage ?? false,
  };
  const form = {
    encoder: () => completionStreamEncoder(turn),
    whole: (chunks: Parameters<typeof wholeCompletion>[1]) => wholeCompletion(turn, chunks),
  };
  return answerTurn(c, body.stream ?? false, form, run);
}
