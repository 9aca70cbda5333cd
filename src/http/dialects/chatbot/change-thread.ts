import { z } from 'zod';
import { stopWherever } from '../../../turn/admit-turn.ts';
import { sessionMissing } from '../../../turn/start-turn.ts';
import type { AppContext } from '../../context.ts';
import { endSession } from '../../end-session.ts';
import { parseBody, parseWith } from '../../parse-body.ts';
import { newSession } from '../../sessions.ts';
import { callerFor, threadId, threadMissing, threadOf, threadQuery } from './thread-query.ts';

export const stopSchema = z.object({ thread_id: threadId });
export const topicQuery = threadQuery.extend({ topic: z.string().trim().min(1).max(200) });

/** `GET|POST /api/chatbot/stop`: stops the thread's turn, whoever produces it; harmless when it has ended. */
export async function stopThread(c: AppContext): Promise<Response> {
  const services = c.get('services');
  const asked = c.req.query('thread_id');
  const id = asked || (c.req.method === 'POST' ? (await parseBody(c, stopSchema)).thread_id : undefined);
  if (!id) throw threadMissing();
  const caller = callerFor(c);
  const result = await stopWherever(services, services.policy, id, caller.owner);
  if (result.kind === 'missing' && !(await services.sessions(caller).get(id))) throw sessionMissing(id);
  return c.json({ ok: true, body: 'Conversation stopped.' });
}

/** `GET /api/chatbot/newthread`: the id of a thread that nothing was said in. */
export async function newThread(c: AppContext): Promise<Response> {
  const caller = callerFor(c);
  const session = newSession(c, { owner: caller.owner });
  await c.get('services').sessions(caller).create(session);
  return c.json(session.id);
}

export async function setThreadTopic(c: AppContext): Promise<Response> {
  const id = threadOf(c);
  const { topic } = parseWith(topicQuery, c.req.query(), 'query');
  const changed = await c.get('services').sessions(callerFor(c)).change(id, { title: topic });
  if (!changed) throw sessionMissing(id);
  return c.json({ detail: 'Topic changed.' });
}

export async function deleteThread(c: AppContext): Promise<Response> {
  const id = threadOf(c);
  if (!(await endSession(c, id, callerFor(c)))) throw sessionMissing(id);
  return c.json({ detail: 'Thread deleted.' });
}
