import { z } from 'zod';
import { findSnippet } from '../archive/find-snippet.ts';
import { linesToThread, threadToLines, type ThreadHead } from '../archive/thread-lines.ts';
import { threadToMarkdown } from '../archive/thread-markdown.ts';
import { AppError } from '../errors.ts';
import type { Session } from '../memory/session.ts';
import { textOfMessage } from '../memory/text-of-message.ts';
import { normaliseText } from '../text/normalise-text.ts';
import type { AppContext } from './context.ts';
import { parseWith } from './parse-body.ts';
import { sessionBody } from './session-body.ts';
import { idOf, newSession, sessionNotFound } from './sessions.ts';

const WORDS_MAX = 16;
const MISTAKES_SHOWN = 20;
const PLACE = /^(\d{1,15})-(\d{1,9})-(.+)$/;

export const searchSessionsQuery = z.object({
  q: z
    .string()
    .max(500)
    .refine((q) => normaliseText(q) !== '', { message: 'must hold a letter or a digit' }),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().regex(PLACE, 'is not a cursor of this list').optional(),
});

/** `GET /sessions/search`: the caller's messages that hold all words, newest first. */
export async function searchSessions(c: AppContext): Promise<Response> {
  const { sessions } = c.get('services');
  const { q, limit, cursor } = parseWith(searchSessionsQuery, c.req.query(), 'query');
  const words = [...new Set(normaliseText(q).split(' '))].slice(0, WORDS_MAX);
  const [, time, position, sessionId] = PLACE.exec(cursor ?? '') ?? [];
  const before = sessionId ? { time: Number(time), position: Number(position), sessionId } : null;
  const { found, next } = await sessions(c.get('caller')).search({ words, limit, before });
  return c.json({
    messages: found.map(({ sessionId, title, message }) => ({
      session_id: sessionId,
      title,
      message_id: message.id,
      turn_id: message.turn_id,
      role: message.message.role,
      created_at: message.created_at,
      snippet: findSnippet(textOfMessage(message.message), words),
    })),
    cursor: next && `${next.time}-${next.position}-${next.sessionId}`,
  });
}

export const exportQuery = z.object({ format: z.enum(['jsonl', 'markdown']).default('jsonl') });

/** `GET /sessions/{id}/export`: the whole thread, not only what is in memory. */
export async function exportSession(c: AppContext): Promise<Response> {
  const { format } = parseWith(exportQuery, c.req.query(), 'query');
  const found = await c.get('services').sessions(c.get('caller')).whole(idOf(c));
  if (!found) throw sessionNotFound(c);
  const [type, text] =
    format === 'jsonl'
      ? ['application/x-ndjson', threadToLines(found.session, found.messages)]
      : ['text/markdown; charset=utf-8', threadToMarkdown(found.session, found.messages)];
  const name = `session-${found.session.id.replaceAll(/[^A-Za-z0-9_-]/g, '')}.${format === 'jsonl' ? 'jsonl' : 'md'}`;
  return c.body(text, 200, { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` });
}

/** `POST /sessions/import`: an exported thread as a new session of the caller. */
export async function importSession(c: AppContext): Promise<Response> {
  const services = c.get('services');
  if (!/^application\/(x-ndjson|jsonl)\b/i.test(c.req.header('content-type') ?? '')) {
    throw new AppError('unsupported_media_type', 'Send the thread as application/x-ndjson, as it was exported.');
  }
  const thread = linesToThread(await c.req.text());
  if (thread.kind === 'mistakes') {
    const errors = thread.mistakes.slice(0, MISTAKES_SHOWN);
    const summary = errors.map(({ line, message }) => `line ${line} ${message}`).join('; ');
    throw new AppError('validation_error', `The thread cannot be read: ${summary}`, { details: { errors } });
  }
  const session = newSession(c, settingsOf(c, thread.head));
  const details = await services.sessions(c.get('caller')).adopt(session, thread.messages);
  return c.json(sessionBody(details), 201);
}

/** What this deployment does not have, a model or a tool server, becomes its default. */
function settingsOf(c: AppContext, head: ThreadHead): Partial<Session> {
  const { env, models, prompts, tools, clock } = c.get('services');
  const model = models.list().some(({ id }) => id === head.model) ? head.model : null;
  const servers = head.mcp_servers?.filter((name) => tools.serverNames().includes(name)) ?? null;
  return {
    title: head.title,
    metadata: head.metadata,
    memoryLimit: Math.min(head.memory_limit ?? env.MEMORY_DEFAULT, env.MEMORY_MAX),
    memoryTokens: head.memory_tokens && Math.min(head.memory_tokens, env.MEMORY_TOKENS_MAX),
    systemPrompt: head.system_prompt,
    prompt: prompts.some(({ name }) => name === head.prompt) ? head.prompt : null,
    model,
    mcpServers: servers,
    createdAt: Math.min(clock.now(), head.created_at ? Date.parse(head.created_at) : clock.now()),
  };
}
