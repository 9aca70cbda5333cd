import { z } from 'zod';

/** What is left of the messages that have left the window, in the words of a model. */
export const summarySchema = z.object({
  text: z.string(),
  /** The last message that it covers: its id and its position. */
  messageId: z.string(),
  upTo: z.number().int(),
  /** Catalogue id of the model that wrote it. */
  model: z.string(),
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
});
export type Summary = z.infer<typeof summarySchema>;

/** How much of a conversation a model is sent. */
export const windowLimitsSchema = z.object({ messages: z.number().int(), tokens: z.number().int() });
export type WindowLimits = z.infer<typeof windowLimitsSchema>;

/** Where the window begins, and up to where the outputs of tools are elided; both are positions of messages. */
export const windowPlaceSchema = z.object({ from: z.number().int(), elidedBefore: z.number().int() });
export type WindowPlace = z.infer<typeof windowPlaceSchema>;

/** What a session remembers beside its messages. It changes when the window moves, and not with every turn. */
export const recollectionSchema = z.object({
  v: z.literal(1),
  /** Counts the changes, for compare-and-set. */
  revision: z.number().int(),
  /** The place was found under these limits: others find their own. */
  limits: windowLimitsSchema,
  place: windowPlaceSchema,
  summary: summarySchema.nullable(),
});
export type Recollection = z.infer<typeof recollectionSchema>;

/** Null when there is none, or one that this version cannot read: the window is then found anew. */
export function parseRecollection(text: string | null): Recollection | null {
  if (text === null) return null;
  return recollectionSchema.safeParse(JSON.parse(text)).data ?? null;
}
