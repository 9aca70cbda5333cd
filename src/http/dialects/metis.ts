import { z } from 'zod';
import type { StoredMessage } from '../../memory/stored-message.ts';
import type { AppContext } from '../context.ts';
import { CONTENT_MAX_CHARACTERS } from '../message-input.ts';
import { parseBody } from '../parse-body.ts';
import { newSession } from '../sessions.ts';

/** More than any memory keeps. */
const HISTORY_MAX = 500;

const entry = z.object({ role: z.enum(['user', 'assistant']), content: z.string().min(1).max(CONTENT_MAX_CHARACTERS) });
export const connectSchema = z.object({ chat_history: z.array(entry).max(HISTORY_MAX).default([]) });

/** `POST /connect` (seed 000): a session that begins with what was said elsewhere. */
export async function connect(c: AppContext): Promise<Response> {
  const services = c.get('services');
  const { chat_history: history } = await parseBody(c, connectSchema);
  const session = newSession(c, {});
  const createdAt = new Date(session.createdAt).toISOString();
  let turnId = '';
  const messages = history.map(({ role, content }, index): StoredMessage => {
    if (role === 'user' || turnId === '') turnId = `turn_${services.newId()}`;
    const id = `msg_${services.newId()}`;
    return {
      v: 1,
      id,
      turn_id: turnId,
      position: index + 1,
      status: 'complete',
      model: null,
      usage: null,
      created_at: createdAt,
      message: { id, role, parts: [{ type: 'text', text: content }] },
    };
  });
  await services.sessions(c.get('caller')).create(session, messages);
  return c.json({ success: true, session_id: session.id, message: 'Agent initialized successfully' });
}
