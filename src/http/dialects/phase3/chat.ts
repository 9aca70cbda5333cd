import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { foldMessage } from '../../../wire/fold-message.ts';
import { plainResult } from '../../../wire/plain-result.ts';
import { shownText } from '../../../wire/shown-text.ts';
import { beginAnswer } from '../../begin-answer.ts';
import { collectTurn } from '../../collect-turn.ts';
import type { AppContext, AppEnv } from '../../context.ts';
import { earlierMessages, earlierSchema } from '../../earlier-messages.ts';
import { CONTENT_MAX_CHARACTERS, textMessage } from '../../message-input.ts';
import { idempotencyKey } from '../../idempotency-key.ts';
import { parseBody } from '../../parse-body.ts';
import { newSession } from '../../sessions.ts';
import { actForUser, userIdField } from './act-for-user.ts';
import { isPhase3 } from './notice-phase3.ts';

export const phase3ChatSchema = z.object({
  message: z.string().trim().min(1).max(CONTENT_MAX_CHARACTERS),
  user_id: userIdField,
  /** Ids of conversations are text here, so that nobody can guess one. */
  conversation_id: z.union([z.string().max(64), z.number()]).nullish(),
  /** What a new conversation begins with; one that is there already has its history here. */
  conversation_history: earlierSchema.nullish(),
});

/** `POST /api/chat` of seed 002: one turn, answered whole. Leaves bodies of the AI SDK to the next handler. */
export const phase3Chat: MiddlewareHandler<AppEnv> = (c, next) => (isPhase3(c) ? answerWhole(c) : next());

async function answerWhole(c: AppContext): Promise<Response> {
  const services = c.get('services');
  const body = await parseBody(c, phase3ChatSchema);
  const caller = actForUser(c, body.user_id);
  const known = body.conversation_id ?? null;
  const begun = newSession(c, { owner: caller.owner });
  const earlier = known === null ? earlierMessages(c, begun, body.conversation_history ?? []) : [];
  if (earlier.length > 0) await services.sessions(caller).create(begun, earlier);

  const sessionId = known === null ? begun.id : String(known);
  const started = await beginAnswer(c, {
    sessionId,
    owner: caller.owner,
    message: textMessage(`msg_${services.newId()}`, body.message, 'user'),
    idempotencyKey: idempotencyKey(c),
    createSession: known === null && earlier.length === 0 ? begun : undefined,
    continues: known !== null,
    door: 'phase3',
    detached: false,
    onBusy: 'queue',
    options: { settings: {} },
  });
  if (started instanceof Response) return started;

  const chunks = await collectTurn(c, started.run);
  const message = await foldMessage(started.turnId, chunks);
  const calls = message?.parts.filter((part) => part.type === 'dynamic-tool') ?? [];
  return c.json({
    conversation_id: sessionId,
    response: shownText(chunks),
    tool_calls: calls.map(({ toolName, input, output, errorText }) => ({
      name: toolName,
      arguments: input ?? null,
      result: errorText ?? plainResult(output),
    })),
  });
}
