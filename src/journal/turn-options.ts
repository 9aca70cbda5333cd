import { z } from 'zod';

/** What a message asks of its turn beyond the answer itself. Stored with the turn, so that another isolate can go on with it. */
export const turnOptionsSchema = z.object({
  /** Messages in the window, for this turn only. */
  memoryLimit: z.number().int().optional(),
  /** Tokens in the window, about; for this turn only. */
  memoryTokens: z.number().int().optional(),
  /** Catalogue id; overrides the session's model. */
  model: z.string().optional(),
  settings: z.object({
    temperature: z.number().optional(),
    topP: z.number().optional(),
    maxOutputTokens: z.number().optional(),
    stopSequences: z.array(z.string()).optional(),
    seed: z.number().int().optional(),
    presencePenalty: z.number().optional(),
    frequencyPenalty: z.number().optional(),
  }),
  /** The answer is to be JSON, perhaps one that fits a schema. */
  json: z
    .object({
      name: z.string().optional(),
      description: z.string().optional(),
      schema: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
  toolChoice: z
    .union([z.enum(['auto', 'none', 'required']), z.object({ type: z.literal('tool'), toolName: z.string() })])
    .optional(),
  /** Overrides the session's choice of tool servers. */
  serverNames: z.array(z.string()).optional(),
  /** Overrides the system prompt. */
  instruction: z.string().optional(),
});
export type TurnOptions = z.infer<typeof turnOptionsSchema>;
