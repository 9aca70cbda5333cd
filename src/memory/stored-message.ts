import type { UIMessage } from 'ai';
import { z } from 'zod';

/** `awaiting`: what there is of an answer whose turn waits for a person. */
export const MESSAGE_STATUSES = ['complete', 'stopped', 'interrupted', 'failed', 'awaiting'] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

export const tokenUsageSchema = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  totalTokens: z.number(),
  cachedInputTokens: z.number().optional(),
  reasoningTokens: z.number().optional(),
  estimated: z.boolean().optional(),
  costUsd: z.number().nullable().optional(),
});

/** The parts are the AI SDK's own and stored verbatim (provider metadata included); only their frame is checked here. */
const uiMessageSchema = z.custom<UIMessage>(
  (value) =>
    z
      .looseObject({
        id: z.string(),
        role: z.enum(['system', 'user', 'assistant']),
        parts: z.array(z.looseObject({ type: z.string() })),
      })
      .safeParse(value).success,
);

/**
 * A message as Redis and Postgres keep it. `v` is raised when the shape changes, and older shapes are then migrated in `parseStoredMessage`.
 * `position` counts the session's messages from 1.
 */
export const storedMessageSchema = z.object({
  v: z.literal(1),
  id: z.string(),
  turn_id: z.string(),
  position: z.number().int(),
  status: z.enum(MESSAGE_STATUSES),
  model: z.string().nullable(),
  usage: tokenUsageSchema.nullable(),
  created_at: z.string(),
  message: uiMessageSchema,
});
export type StoredMessage = z.infer<typeof storedMessageSchema>;

/** Throws ZodError when the text is not a message this version can read. */
export function parseStoredMessage(text: string): StoredMessage {
  return storedMessageSchema.parse(JSON.parse(text));
}
