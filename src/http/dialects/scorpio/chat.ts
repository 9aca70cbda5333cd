import { z } from 'zod';
import { AppError } from '../../../errors.ts';
import type { TurnRequest } from '../../../turn/turn-request.ts';
import { shownText } from '../../../wire/shown-text.ts';
import { beginAnswer } from '../../begin-answer.ts';
import { collectTurn } from '../../collect-turn.ts';
import type { AppContext } from '../../context.ts';
import { CONTENT_MAX_CHARACTERS, textMessage } from '../../message-input.ts';
import { idempotencyKey } from '../../idempotency-key.ts';
import { takeTurn } from '../../messages.ts';
import { parseBody } from '../../parse-body.ts';
import { idOf } from '../../sessions.ts';
import { namedSession } from './named-session.ts';
import { succeed } from './succeed.ts';

const newest = z.object({
  role: z.string().min(1).max(32).default('user'),
  content: z.string().min(1).max(CONTENT_MAX_CHARACTERS),
});

/** Of the messages only the last one, the new one, is believed and looked at. */
export const scorpioChatSchema = z.object({
  messages: z
    .array(z.unknown())
    .min(1)
    .transform((messages) => messages.at(-1))
    .pipe(newest),
  llm_provider: z.string().min(1).max(32).nullish(),
});

/** `POST /api/v1/chat/sse`: one turn of the session that the header names, as it is made. */
export async function streamChat(c: AppContext): Promise<Response> {
  return takeTurn(c, await turnRequest(c, namedSession(c)));
}

/** `POST /api/v1/chat/{id}/message`: the same, whole. */
export async function sendMessage(c: AppContext): Promise<Response> {
  const { clock } = c.get('services');
  const started = await beginAnswer(c, await turnRequest(c, idOf(c)));
  if (started instanceof Response) return started;
  const content = shownText(await collectTurn(c, started.run));
  const timestamp = new Date(clock.now()).toISOString();
  return succeed(c, { message_id: `msg_${started.turnId}`, content, timestamp });
}

async function turnRequest(c: AppContext, sessionId: string): Promise<TurnRequest> {
  const { messages: message, llm_provider } = await parseBody(c, scorpioChatSchema);
  const model = llm_provider ? modelOf(c, llm_provider) : undefined;
  return {
    sessionId,
    owner: c.get('caller').owner,
    message: textMessage(`msg_${c.get('services').newId()}`, message.content, message.role),
    idempotencyKey: idempotencyKey(c),
    createSession: undefined,
    continues: true,
    door: 'scorpio',
    detached: false,
    onBusy: 'reject',
    options: { settings: {}, ...(model !== undefined && { model }) },
  };
}

/** The provider's first model. Throws AppError `unknown_model` for one that is not configured. */
function modelOf(c: AppContext, name: string): string {
  const provider = name === 'gemini' ? 'google' : name;
  const model = c
    .get('services')
    .models.list()
    .find((each) => each.provider === provider);
  if (!model) throw new AppError('unknown_model', `LLM provider ${name} not available`);
  return model.id;
}
