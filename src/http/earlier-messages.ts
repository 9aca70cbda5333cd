import { z } from 'zod';
import type { Session } from '../memory/session.ts';
import type { StoredMessage } from '../memory/stored-message.ts';
import type { AppContext } from './context.ts';
import { CONTENT_MAX_CHARACTERS } from './message-input.ts';

/** More than any memory keeps. */
const HISTORY_MAX = 500;

const entry = z.object({ role: z.enum(['user', 'assistant']), content: z.string().max(CONTENT_MAX_CHARACTERS) });
/** What was said elsewhere, oldest first. */
export const earlierSchema = z.array(entry).max(HISTORY_MAX);

/** Messages that a session begins with. Those that say nothing, as clients show for a call of a tool, are left out. */
export function earlierMessages(
  c: AppContext,
  { createdAt }: Pick<Session, 'createdAt'>,
  earlier: z.infer<typeof earlierSchema>,
): StoredMessage[] {
  const { newId } = c.get('services');
  let turnId = '';
  return earlier
    .filter(({ content }) => content.trim() !== '')
    .map(({ role, content }, index) => {
      if (role === 'user' || turnId === '') turnId = `turn_${newId()}`;
      const id = `msg_${newId()}`;
      return {
        v: 1,
        id,
        turn_id: turnId,
        position: index + 1,
        status: 'complete',
        model: null,
        usage: null,
        created_at: new Date(createdAt).toISOString(),
        message: { id, role, parts: [{ type: 'text', text: content }] },
      };
    });
}
