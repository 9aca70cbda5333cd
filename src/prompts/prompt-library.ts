import { z } from 'zod';

/** The set that stands in where a model has none of its own, and for the parts that a set leaves out. */
export const BASELINE = 'baseline';

/** A question and its answer that a model is shown before a conversation, and that are no part of it. */
export const exampleSchema = z.strictObject({
  user: z.string().trim().min(1).max(8000),
  assistant: z.string().trim().min(1).max(8000),
});
export type Example = z.infer<typeof exampleSchema>;

export const promptSetSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/, 'must be of small letters, digits, dots and hyphens'),
  /** What a conversation starts with: the system prompt. */
  starting: z.string().min(1).max(32_000).optional(),
  /** What the writer of summaries is told. */
  summary: z.string().min(1).max(8000).optional(),
  examples: z.array(exampleSchema).max(20),
});
export type PromptSet = z.infer<typeof promptSetSchema>;

export const promptSetsSchema = z
  .array(promptSetSchema)
  .refine((sets) => sets.some(({ name, starting, summary }) => name === BASELINE && starting && summary), {
    message: 'must hold baseline, with starting.md and summary.md',
  });
