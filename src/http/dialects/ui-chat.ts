import type { UIMessage } from 'ai';
import { z } from 'zod';
import type { Answer } from '../../memory/question.ts';
import { filePartSchema } from '../attachment-input.ts';
import { answeredMessage, elicitationList } from '../answer-input.ts';
import { giveAnswers } from '../answer-questions.ts';
import type { AppContext } from '../context.ts';
import { CONTENT_MAX_CHARACTERS, optionsSchema } from '../message-input.ts';
import { withAttachments } from '../message-attachments.ts';
import { withContext } from '../message-context.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { takeTurn, turnOptions } from '../messages.ts';
import { enforceLimits } from '../enforce-limits.ts';
import { parseBody } from '../parse-body.ts';
import { newSession } from '../sessions.ts';

/** Ids that clients make are capabilities too: 16 characters of the AI SDK's alphabet hold 95 bits. */
const chatId = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/, 'must be 16 to 64 characters of A-Z, a-z, 0-9, _ and -');

const textPart = z.object({ type: z.literal('text'), text: z.string().max(CONTENT_MAX_CHARACTERS) });
const newMessage = z.object({
  id: z.string().min(1).max(128),
  role: z.literal('user'),
  parts: z
    .array(z.discriminatedUnion('type', [textPart, filePartSchema]))
    .min(1)
    .refine((parts) => parts.some((part) => part.type === 'file' || part.text.trim() !== ''), {
      message: 'must hold some text or a file',
    }),
  earlier: z.number().default(0),
});

/** The last message, with the number of those before it. */
function newestOf(messages: unknown[]): unknown {
  const newest = messages.at(-1);
  return typeof newest === 'object' && newest !== null ? { ...newest, earlier: messages.length - 1 } : newest;
}

/** What `DefaultChatTransport` sends; of the message list only the last one, the new one, is believed and looked at. */
export const chatSchema = z
  .object({
    id: chatId,
    messages: z
      .array(z.unknown())
      .min(1)
      .transform(newestOf)
      .pipe(z.discriminatedUnion('role', [newMessage, answeredMessage])),
    /** With a message of the assistant: what the person tells a tool's server. */
    elicitations: elicitationList.optional(),
    trigger: z.literal('submit-message').default('submit-message'),
    options: optionsSchema.default({}),
  })
  .refine(({ messages, elicitations = [] }) => !Array.isArray(messages) || messages.length + elicitations.length > 0, {
    path: ['messages', 'role'],
    message: 'must be user, unless the message answers what was asked',
  });

/** `POST /api/chat`: one turn for `useChat`. A chat id that is new makes a session. */
export async function chat(c: AppContext): Promise<Response> {
  const { owner } = c.get('caller');
  const { id, messages: message, options, elicitations = [] } = await parseBody(c, chatSchema);
  if (Array.isArray(message)) return goOn(c, id, [...message, ...elicitations]);
  const chosen = turnOptions(c, options);
  const said: UIMessage = { id: message.id, role: 'user', parts: message.parts.map(partOf) };
  const uiMessage = await withContext(c, said, options, chosen.serverNames);
  if (uiMessage instanceof Response) return uiMessage;
  const before = uiMessage.parts.length - said.parts.length;
  const attaching = {
    sessionId: id,
    message: uiMessage,
    model: chosen.model,
    createsSession: true,
    fieldOf: (part: number) => `messages.parts.${part - before}`,
  };
  return withAttachments(c, attaching, (complete, onRefused) =>
    takeTurn(
      c,
      {
        sessionId: id,
        owner,
        message: complete,
        idempotencyKey: idempotencyKey(c) ?? `message:${message.id}`,
        createSession: newSession(c, { id }),
        continues: message.earlier > 0,
        door: 'ui',
        detached: false,
        onBusy: 'reject',
        options: chosen,
      },
      onRefused,
    ),
  );
}

function partOf(part: z.infer<typeof newMessage>['parts'][number]): UIMessage['parts'][number] {
  if (part.type === 'text') return part;
  const { filename, ...file } = part;
  return filename === undefined ? file : { ...file, filename };
}

/** A message of the assistant is no new one: it carries what the person has answered in it, and the turn goes on. */
async function goOn(c: AppContext, id: string, answers: readonly Answer[]): Promise<Response> {
  let response: Response | undefined;
  const refused = await enforceLimits(c, async () => {
    response = await giveAnswers(c, id, answers, 'ui');
  });
  return refused ?? response ?? c.body(null, 204);
}
