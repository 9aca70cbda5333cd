import { z } from 'zod';
import type { SessionDetails } from '../../../memory/session-store.ts';
import { messageBody, sessionBody } from '../../session-body.ts';
import type { AppContext } from '../../context.ts';
import { parseBody, parseWith } from '../../parse-body.ts';
import { stopTurn } from '../../read-turn.ts';
import { idOf, newSession, removeSession, sessionNotFound } from '../../sessions.ts';
import { succeed } from './succeed.ts';

const title = z.string().max(200);
export const scorpioCreateSchema = z.object({ title: title.default('New Session') });
export const scorpioChangeSchema = z.object({ title: title.optional() });
export const scorpioListQuery = z.object({ limit: z.coerce.number().int().min(1).max(100).default(50) });

export async function createSession(c: AppContext): Promise<Response> {
  const body = await parseBody(c, scorpioCreateSchema);
  const session = newSession(c, { title: body.title });
  await c.get('services').sessions(c.get('caller')).create(session);
  const created_at = new Date(session.createdAt).toISOString();
  return succeed(c, { session_id: session.id, title: session.title, created_at });
}

export async function listSessions(c: AppContext): Promise<Response> {
  const { limit } = parseWith(scorpioListQuery, c.req.query(), 'query');
  const { sessions } = await c.get('services').sessions(c.get('caller')).list({ limit, before: null });
  const listed = sessions.map((details) => ({
    ...aboutSession(details),
    message_count: details.messageCount,
    unread_message_count: 0,
  }));
  return succeed(c, { sessions: listed });
}

export async function readSession(c: AppContext): Promise<Response> {
  const found = await c.get('services').sessions(c.get('caller')).read(idOf(c));
  if (!found) throw sessionNotFound(c);
  const messages = found.messages.map((stored) => {
    const { role, content, created_at: timestamp, metadata } = messageBody(stored);
    return { id: stored.id, role, content, timestamp, metadata };
  });
  return succeed(c, { ...aboutSession(found), messages });
}

export async function changeSession(c: AppContext): Promise<Response> {
  const body = await parseBody(c, scorpioChangeSchema);
  const change = { ...(body.title !== undefined && { title: body.title }) };
  const found = await c.get('services').sessions(c.get('caller')).change(idOf(c), change);
  if (!found) throw sessionNotFound(c);
  const { session_id, title, status } = aboutSession(found);
  return succeed(c, { session_id, title, status });
}

export async function deleteSession(c: AppContext): Promise<Response> {
  await removeSession(c);
  return succeed(c, null);
}

export async function stopSession(c: AppContext): Promise<Response> {
  await stopTurn(c);
  return succeed(c, null);
}

/** A session that only the archive has is `inactive` until it is used again. */
function aboutSession(details: SessionDetails) {
  const { session_id, title, created_at, last_activity } = sessionBody(details);
  return {
    session_id,
    title: title ?? 'New Session',
    status: details.expiresAt === null ? 'inactive' : 'active',
    created_at,
    updated_at: last_activity,
    last_message_at: details.messageCount > 0 ? last_activity : null,
  };
}
