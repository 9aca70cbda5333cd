import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { Session } from '../memory/session.ts';
import type { SessionChange, SessionDetails } from '../memory/session-store.ts';
import { parseCursor } from '../memory/page-of-sessions.ts';
import type { AppContext } from './context.ts';
import { endSession } from './end-session.ts';
import { parseBody, parseWith } from './parse-body.ts';
import { historyBody, sessionBody, summaryBody } from './session-body.ts';
import {
  changeSessionSchema,
  checkedMemoryLimit,
  checkedMemoryTokens,
  checkedModel,
  checkedPrompt,
  checkedServers,
  createSessionSchema,
} from './session-input.ts';

export const listSessionsQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z
    .string()
    .refine((cursor) => parseCursor(cursor) !== null, { message: 'is not a cursor of this list' })
    .optional(),
});

export async function createSession(c: AppContext): Promise<Response> {
  const services = c.get('services');
  const body = await parseBody(c, createSessionSchema);
  const session = newSession(c, {
    title: body.title ?? null,
    metadata: body.metadata,
    memoryLimit: checkedMemoryLimit(services, body.memory_limit) ?? services.env.MEMORY_DEFAULT,
    memoryTokens: checkedMemoryTokens(services, body.memory_tokens) ?? null,
    systemPrompt: body.system_prompt ?? null,
    prompt: checkedPrompt(services, body.prompt),
    model: checkedModel(services, body.model),
    mcpServers: checkedServers(services, body.mcp_servers),
  });
  const details = await services.sessions(c.get('caller')).create(session);
  return c.json(sessionBody(details), 201);
}

/** A session of the caller with the deployment's defaults, and what is chosen instead. */
export function newSession(c: AppContext, chosen: Partial<Session>): Session {
  const { env, clock, newId } = c.get('services');
  return {
    id: newId(),
    owner: c.get('caller').owner,
    title: null,
    metadata: {},
    memoryLimit: env.MEMORY_DEFAULT,
    memoryTokens: null,
    systemPrompt: null,
    prompt: null,
    model: null,
    mcpServers: null,
    createdAt: clock.now(),
    revision: 0,
    ...chosen,
  };
}

export async function listSessions(c: AppContext): Promise<Response> {
  const { limit, cursor } = parseWith(listSessionsQuery, c.req.query(), 'query');
  const before = cursor === undefined ? null : parseCursor(cursor);
  const page = await c.get('services').sessions(c.get('caller')).list({ limit, before });
  return c.json({ sessions: page.sessions.map(sessionBody), cursor: page.cursor, incomplete: page.incomplete });
}

export async function readSession(c: AppContext): Promise<Response> {
  const services = c.get('services');
  const found = await services.sessions(c.get('caller')).read(idOf(c));
  if (!found) throw sessionNotFound(c);
  const prompt = found.session.systemPrompt ?? services.env.INITIAL_SYSTEM_PROMPT;
  return c.json({
    ...sessionBody(found),
    history: historyBody(found.messages, prompt, found.session.createdAt),
    messages: found.messages.map(({ message }) => message),
    summary: summaryBody(found.summary),
  });
}

export async function changeSession(c: AppContext): Promise<Response> {
  const services = c.get('services');
  const body = await parseBody(c, changeSessionSchema);
  const change: SessionChange = {
    ...(body.title !== undefined && { title: body.title }),
    ...(body.metadata !== undefined && { metadata: body.metadata }),
    ...(body.system_prompt !== undefined && { systemPrompt: body.system_prompt }),
    ...(body.prompt !== undefined && { prompt: checkedPrompt(services, body.prompt) }),
    ...(body.model !== undefined && { model: checkedModel(services, body.model) }),
    ...(body.mcp_servers !== undefined && { mcpServers: checkedServers(services, body.mcp_servers) }),
    ...(body.memory_limit !== undefined && {
      memoryLimit: checkedMemoryLimit(services, body.memory_limit) ?? services.env.MEMORY_DEFAULT,
    }),
    ...(body.memory_tokens !== undefined && {
      memoryTokens: checkedMemoryTokens(services, body.memory_tokens) ?? null,
    }),
  };
  return c.json(sessionBody(await existing(c, services.sessions(c.get('caller')).change(idOf(c), change))));
}

export async function removeSession(c: AppContext): Promise<Response> {
  if (!(await endSession(c, idOf(c)))) throw sessionNotFound(c);
  return c.body(null, 204);
}

/** Seed 000's fields, and more. */
export async function sessionStatus(c: AppContext): Promise<Response> {
  const details = await existing(c, c.get('services').sessions(c.get('caller')).get(idOf(c)));
  const body = sessionBody(details);
  return c.json({
    session_id: body.id,
    agent_name: agentName(body.id),
    history_length: details.messageCount,
    created_at: body.created_at,
    last_activity: body.last_activity,
    expires_at: body.expires_at,
    is_sse_active: body.status === 'running',
    status: body.status,
    turn_id: body.status === 'idle' ? null : body.turn_id,
    awaiting: body.awaiting,
  });
}

/** Seed 000's clients show it. */
export function agentName(sessionId: string): string {
  return `edgewise-agent-${sessionId}`;
}

export function idOf(c: AppContext): string {
  return c.req.param('id') ?? '';
}

export function sessionNotFound(c: AppContext): AppError {
  return new AppError('session_not_found', `Session \`${idOf(c)}\` was not found`);
}

async function existing(c: AppContext, found: Promise<SessionDetails | null>): Promise<SessionDetails> {
  const details = await found;
  if (!details) throw sessionNotFound(c);
  return details;
}
