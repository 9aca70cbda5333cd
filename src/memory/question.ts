import { z } from 'zod';

/** What a turn waits for a person to say: whether a tool may be called, or what a tool's server wants to know. */
export const questionSchema = z.object({
  id: z.string(),
  kind: z.enum(['approval', 'elicitation']),
  tool_call_id: z.string(),
  tool_name: z.string(),
});
export type Question = z.infer<typeof questionSchema>;

const elicitationReply = z.object({
  action: z.enum(['accept', 'decline', 'cancel']),
  /** With `accept` of a form. */
  content: z.record(z.string(), z.unknown()).optional(),
});
export type ElicitationReply = z.infer<typeof elicitationReply>;

/** What the person said. */
export const answerSchema = z.discriminatedUnion('kind', [
  z.object({ id: z.string(), kind: z.literal('approval'), approved: z.boolean(), reason: z.string().optional() }),
  /** `replies` by the keys of what the server asked; what has no key gets `rest`. */
  z.object({
    id: z.string(),
    kind: z.literal('elicitation'),
    replies: z.record(z.string(), elicitationReply).optional(),
    rest: elicitationReply,
  }),
]);
export type Answer = z.infer<typeof answerSchema>;
