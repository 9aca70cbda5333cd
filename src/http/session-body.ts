import type { Summary } from '../memory/recollection.ts';
import type { SessionDetails } from '../memory/session-store.ts';
import type { StoredMessage } from '../memory/stored-message.ts';
import { textOfMessage } from '../memory/text-of-message.ts';

const iso = (ms: number) => new Date(ms).toISOString();

/** A session as clients see it. */
export function sessionBody({ session, lastActivity, expiresAt, messageCount, turn }: SessionDetails) {
  return {
    id: session.id,
    session_id: session.id,
    title: session.title,
    memory_limit: session.memoryLimit,
    memory_tokens: session.memoryTokens,
    created_at: iso(session.createdAt),
    metadata: session.metadata,
    system_prompt: session.systemPrompt,
    prompt: session.prompt,
    model: session.model,
    mcp_servers: session.mcpServers,
    message_count: messageCount,
    last_activity: iso(lastActivity),
    expires_at: expiresAt === null ? null : iso(expiresAt),
    status: statusOf(turn),
    turn_id: turn?.id ?? null,
    awaiting: awaitingBody(turn),
  };
}

/** What stands for the messages up to one of them, which the model is not sent any more. */
export function summaryBody(summary: Summary | null) {
  if (!summary) return null;
  const { text, messageId, upTo, model, createdAt } = summary;
  return { text, up_to_message: messageId, message_count: upTo, model, created_at: iso(createdAt) };
}

/** `running` also stands for a turn that is about to be started. */
function statusOf(turn: SessionDetails['turn']): 'idle' | 'running' | 'suspended' | 'awaiting' {
  if (!turn || turn.state === 'ended') return 'idle';
  return turn.state === 'suspended' || turn.state === 'awaiting' ? turn.state : 'running';
}

/** What the session's turn waits for a person to say; null when it does not. */
function awaitingBody(turn: SessionDetails['turn']) {
  if (!turn?.waiting) return null;
  return { questions: turn.waiting.questions, expires_at: iso(turn.waiting.expiresAt) };
}

/** One message in the short form that seed 001's clients read. */
export function messageBody(stored: StoredMessage) {
  const { metadata } = stored.message;
  const role = isRecord(metadata) && typeof metadata['role'] === 'string' ? metadata['role'] : stored.message.role;
  return {
    role,
    content: textOfMessage(stored.message),
    created_at: stored.created_at,
    metadata: { id: stored.id, turn_id: stored.turn_id, status: stored.status, model: stored.model },
  };
}

/** A stored system prompt leads the history, as it leads what the model reads; it is never counted. */
export function historyBody(messages: StoredMessage[], prompt: string | null | undefined, since: number) {
  const leading = prompt
    ? [{ role: 'system', content: prompt, created_at: new Date(since).toISOString(), metadata: null }]
    : [];
  return [...leading, ...messages.map(messageBody)];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
