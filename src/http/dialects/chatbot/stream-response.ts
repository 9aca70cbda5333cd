import { z } from 'zod';
import { AppError } from '../../../errors.ts';
import { formatQuery } from '../../choose-format.ts';
import type { AppContext } from '../../context.ts';
import { CONTENT_MAX_CHARACTERS, textMessage } from '../../message-input.ts';
import { idempotencyKey } from '../../idempotency-key.ts';
import { takeTurn } from '../../messages.ts';
import { parseWith } from '../../parse-body.ts';
import { checkedModel } from '../../session-input.ts';
import { newSession } from '../../sessions.ts';
import { callerFor, threadId, userId } from './thread-query.ts';

export const streamResponseQuery = z.object({
  input: z.string().max(CONTENT_MAX_CHARACTERS).optional(),
  thread_id: threadId,
  chatbot: z.string().max(200).optional(),
  user_id: userId,
  format: formatQuery.shape.format,
});

/** `GET /api/chatbot/streamresponse`: one turn, as lines of variants; without a thread it begins one, which the first line names. */
export async function streamResponse(c: AppContext): Promise<Response> {
  const services = c.get('services');
  const { input = c.req.header('input'), thread_id, chatbot } = parseWith(streamResponseQuery, c.req.query(), 'query');
  if (!input?.trim()) {
    const message =
      'Input not found. Please provide a non-empty input in the query parameters or the headers, of type String.';
    throw new AppError('validation_error', message);
  }
  const model = checkedModel(services, chatbot);
  const { owner } = callerFor(c);
  const begun = thread_id ? undefined : newSession(c, { owner });
  return takeTurn(c, {
    sessionId: thread_id || (begun?.id ?? ''),
    owner,
    message: textMessage(`msg_${services.newId()}`, input, 'user'),
    idempotencyKey: idempotencyKey(c),
    createSession: begun,
    continues: begun === undefined,
    door: 'chatbot',
    detached: false,
    onBusy: 'reject',
    options: { settings: {}, ...(model !== null && { model }) },
  });
}
