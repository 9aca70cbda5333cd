import type { UIMessage } from 'ai';
import { z } from 'zod';
import type { AppContext } from '../context.ts';
import { CONTENT_MAX_CHARACTERS, optionsSchema } from '../message-input.ts';
import { idempotencyKey, takeTurn, turnOptions } from '../messages.ts';
import { parseBody } from '../parse-body.ts';
import { newSession } from '../sessions.ts';

/** Ids that clients make are capabilities too: 16 characters of the AI SDK's alphabet hold 95 bits. */
const chatId = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/, 'must be 16 to 64 characters of A-Z, a-z, 0-9, _ and -');

const textPart = z.object({ type: z.literal('text'), text: z.string().max(CONTENT_MAX_CHARACTERS) });
const newMessage = z.object({
  id: z.string().min(1).max(128),
  role: z.literal('user'),
  parts: z
    .array(textPart)
    .min(1)
    .refine((parts) => parts.some(({ text }) => text.trim() !== ''), { message: 'must hold some text' }),
});

/** What `DefaultChatTransport` sends; of the message list only the last one, the new one, is believed and looked at. */
export const chatSchema = z.object({
  id: chatId,
  messages: z
    .array(z.unknown())
    .min(1)
    .transform((messages) => messages.at(-1))
    .pipe(newMessage),
  trigger: z.literal('submit-message').default('submit-message'),
  options: optionsSchema.default({}),
});

/** `POST /api/chat`: one turn for `useChat`. A chat id that is new makes a session. */
export async function chat(c: AppContext): Promise<Response> {
  const { owner } = c.get('caller');
  const { id, messages: message, options } = await parseBody(c, chatSchema);
  const uiMessage: UIMessage = { id: message.id, role: 'user', parts: message.parts };
  return takeTurn(c, {
    sessionId: id,
    owner,
    message: uiMessage,
    idempotencyKey: idempotencyKey(c) ?? `message:${message.id}`,
    createSession: newSession(c, { id }),
    door: 'ui',
    detached: false,
    onBusy: 'reject',
    options: turnOptions(c, options),
  });
}
