import { z } from 'zod';
import { hashText } from '../../../auth/hash-text.ts';
import { parseCursor } from '../../../memory/page-of-sessions.ts';
import type { SessionDetails, SessionStore } from '../../../memory/session-store.ts';
import { textOfMessage } from '../../../memory/text-of-message.ts';
import { sessionMissing } from '../../../turn/start-turn.ts';
import { chatbotThread } from '../../../wire/chatbot-thread.ts';
import type { AppContext } from '../../context.ts';
import { parseWith } from '../../parse-body.ts';
import { callerFor, threadOf, userId } from './thread-query.ts';

/** Beyond this a caller's threads are not counted. */
const COUNTED_MAX = 1000;
const TOPIC_MAX_CHARACTERS = 80;

export const userThreadsQuery = z.object({
  num_threads: z.coerce.number().int().min(1).max(50).default(10),
  page: z.coerce.number().int().min(0).max(COUNTED_MAX).default(0),
  user_id: userId,
});

/** `GET /api/chatbot/getthread`: everything that was said, as variants. */
export async function getThread(c: AppContext): Promise<Response> {
  const id = threadOf(c);
  const found = await c.get('services').sessions(callerFor(c)).whole(id);
  if (!found) throw sessionMissing(id);
  return c.json(chatbotThread(id, found.messages));
}

/** `GET /api/chatbot/getuserthreads`: a page of the newest threads, and how many there are. */
export async function getUserThreads(c: AppContext): Promise<Response> {
  const { num_threads, page } = parseWith(userThreadsQuery, c.req.query(), 'query');
  const store = c.get('services').sessions(callerFor(c));
  const all = await allThreads(store);
  const shown = all.slice(page * num_threads, (page + 1) * num_threads);
  const user_id = await userIdOf(c);
  const read = await Promise.all(shown.map((details) => threadBody(store, details, user_id)));
  return c.json([read.flatMap((thread) => thread ?? []), all.length]);
}

async function allThreads(store: SessionStore): Promise<SessionDetails[]> {
  const all: SessionDetails[] = [];
  let cursor: string | null = null;
  do {
    const before: ReturnType<typeof parseCursor> = cursor === null ? null : parseCursor(cursor);
    const page: Awaited<ReturnType<SessionStore['list']>> = await store.list({ limit: 100, before });
    all.push(...page.sessions);
    ({ cursor } = page);
  } while (cursor !== null && all.length < COUNTED_MAX);
  return all;
}

/** With the messages in memory; null for a thread that was deleted meanwhile. */
async function threadBody(store: SessionStore, { session, lastActivity }: SessionDetails, user_id: string) {
  const found = await store.read(session.id);
  if (!found) return null;
  const first = found.messages.find(({ message }) => message.role === 'user');
  return {
    user_id,
    thread_id: session.id,
    date: new Date(lastActivity).toISOString(),
    topic: session.title ?? topicFrom(first ? textOfMessage(first.message) : ''),
    content: chatbotThread(session.id, found.messages),
  };
}

function topicFrom(question: string): string {
  const characters = Array.from(question.trim());
  if (characters.length === 0) return 'Untitled';
  const isLong = characters.length > TOPIC_MAX_CHARACTERS;
  return characters.slice(0, TOPIC_MAX_CHARACTERS).join('') + (isLong ? '…' : '');
}

/** The name that a trusted caller gave, else something that tells nothing but who is the same. */
async function userIdOf(c: AppContext): Promise<string> {
  const { owner } = callerFor(c);
  const named = c.req.query('user_id');
  return named && owner !== c.get('caller').owner ? named : hashText(owner);
}
