import { z } from 'zod';
import type { Session } from '../memory/session.ts';
import { storedMessageSchema, type StoredMessage } from '../memory/stored-message.ts';

/** More than any person writes in one thread. */
const MESSAGES_MAX = 10_000;

const sessionLine = z.object({
  kind: z.literal('session'),
  v: z.literal(1),
  title: z.string().max(200).nullable().default(null),
  metadata: z.record(z.string(), z.unknown()).default({}),
  memory_limit: z.number().int().min(1).nullable().default(null),
  memory_tokens: z.number().int().min(1).nullable().default(null),
  system_prompt: z.string().min(1).max(32_000).nullable().default(null),
  prompt: z.string().nullable().default(null),
  model: z.string().nullable().default(null),
  mcp_servers: z.array(z.string()).nullable().default(null),
  created_at: z.iso.datetime().optional(),
});
const messageLine = storedMessageSchema
  .extend({ kind: z.literal('message'), position: z.number().int().default(0) })
  .refine(({ message }) => message.role !== 'system', {
    path: ['message', 'role'],
    message: 'must be user or assistant',
  });

export type ThreadHead = z.infer<typeof sessionLine>;

/** A thread as JSON lines: the session first, then its messages in order. */
export function threadToLines(session: Session, messages: readonly StoredMessage[]): string {
  const head: ThreadHead = {
    kind: 'session',
    v: 1,
    title: session.title,
    metadata: session.metadata,
    memory_limit: session.memoryLimit,
    memory_tokens: session.memoryTokens,
    system_prompt: session.systemPrompt,
    prompt: session.prompt,
    model: session.model,
    mcp_servers: session.mcpServers,
    created_at: new Date(session.createdAt).toISOString(),
  };
  const lines = [head, ...messages.map((message) => ({ kind: 'message', ...message }))];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

export interface LineMistake {
  line: number;
  message: string;
}

export type ParsedThread =
  | { kind: 'thread'; head: ThreadHead; messages: StoredMessage[] }
  | { kind: 'mistakes'; mistakes: LineMistake[] };

/** Reads what `threadToLines` writes. Messages count from 1 in the order of the lines, whatever their positions were. */
export function linesToThread(text: string): ParsedThread {
  const mistakes: LineMistake[] = [];
  const messages: StoredMessage[] = [];
  const seen = new Set<string>();
  let head: ThreadHead = sessionLine.parse({ kind: 'session', v: 1 });
  const lines = text.split('\n').flatMap((content, index) => (content.trim() ? [{ content, number: index + 1 }] : []));
  for (const [index, { content, number }] of lines.entries()) {
    const parsed = z.union([sessionLine, messageLine]).safeParse(parseJson(content));
    const line = parsed.data;
    if (!line) mistakes.push({ line: number, message: 'is neither a session nor a message of an exported thread' });
    else if (line.kind === 'session') {
      if (index === 0) head = line;
      else mistakes.push({ line: number, message: 'is a session, which only the first line may be' });
    } else if (seen.has(line.id)) mistakes.push({ line: number, message: 'repeats the id of an earlier message' });
    else {
      seen.add(line.id);
      messages.push(storedMessageSchema.parse({ ...line, position: messages.length + 1 }));
    }
  }
  if (lines.length === 0) mistakes.push({ line: 1, message: 'is empty' });
  if (messages.length > MESSAGES_MAX) mistakes.push({ line: 1, message: `begins more than ${MESSAGES_MAX} messages` });
  return mistakes.length > 0 ? { kind: 'mistakes', mistakes } : { kind: 'thread', head, messages };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
