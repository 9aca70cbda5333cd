import { z } from 'zod';
import type { AppContext } from '../context.ts';
import { earlierMessages, earlierSchema } from '../earlier-messages.ts';
import { parseBody } from '../parse-body.ts';
import { newSession } from '../sessions.ts';

export const connectSchema = z.object({ chat_history: earlierSchema.default([]) });

/** `POST /connect` (seed 000): a session that begins with what was said elsewhere. */
export async function connect(c: AppContext): Promise<Response> {
  const { chat_history: history } = await parseBody(c, connectSchema);
  const session = newSession(c, {});
  await c
    .get('services')
    .sessions(c.get('caller'))
    .create(session, earlierMessages(c, session, history));
  return c.json({
    success: true,
    session_id: session.id,
    message: 'Agent initialized successfully with Metis MCP server',
  });
}
