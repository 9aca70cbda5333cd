import { z } from 'zod';

/** A session as it is stored. Times are milliseconds since the epoch; null means the deployment's default. */
export const sessionSchema = z.object({
  id: z.string(),
  owner: z.string(),
  title: z.string().nullable(),
  metadata: z.record(z.string(), z.unknown()),
  memoryLimit: z.number().int(),
  memoryTokens: z.number().int().nullable().default(null),
  systemPrompt: z.string().nullable(),
  /** A set of the prompt library; null means the one for the model. */
  prompt: z.string().nullable().default(null),
  model: z.string().nullable(),
  mcpServers: z.array(z.string()).nullable(),
  createdAt: z.number(),
  /** Counts the changes of the settings above, so that an older copy never wins over a newer one. */
  revision: z.number().int().default(0),
});
export type Session = z.infer<typeof sessionSchema>;
