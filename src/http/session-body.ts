import type { UIMessage } from 'ai';
import type { SessionDetails } from '../memory/session-store.ts';
import type { StoredMessage } from '../memory/stored-message.ts';

const iso = (ms: number) => new Date(ms).toISOString();

/** A session as clients see it. */
export function sessionBody({ session, lastActivity, expiresAt, messageCount, turn }: SessionDetails) {
  return {
    id: session.id,
    session_id: session.id,
    title: session.title,
    memory_limit: session.memoryLimit,
    created_at: iso(session.createdAt),
    metadata: session.metadata,
    system_prompt: session.systemPrompt,
    model: session.model,
    mcp_servers: session.mcpServers,
    message_count: messageCount,
    last_activity: iso(lastActivity),
    expires_at: iso(expiresAt),
    status: turn?.running ? 'running' : 'idle',
    turn_id: turn?.id ?? null,
  };
}

/** One message in the short form that seed 001's clients read. */
export function messageBody(stored: StoredMessage) {
  const { metadata } = stored.message;
  const role = isRecord(metadata) && typeof metadata['role'] === 'string' ? metadata['role'] : stored.message.role;
  return {
    role,
    content: textOf(stored.message),
    created_at: stored.created_at,
    metadata: { id: stored.id, turn_id: stored.turn_id, status: stored.status, model: stored.model },
  };
}

/** The text parts, a blank line between those of different steps. */
export function textOf(message: UIMessage): string {
  return message.parts
    .flatMap((part) => (part.type === 'text' ? [part.text] : []))
    .filter((text) => text !== '')
    .join('\n\n');
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
