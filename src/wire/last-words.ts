import { z } from 'zod';

const lastWords = z
  .object({
    model: z.string().optional(),
    usage: z
      .object({
        inputTokens: z.number(),
        outputTokens: z.number(),
        totalTokens: z.number(),
        cachedInputTokens: z.number().optional(),
        reasoningTokens: z.number().optional(),
      })
      .optional(),
  })
  .catch({});

/** What a turn's last metadata tells of its model and usage. */
export function readLastWords(metadata: unknown): z.infer<typeof lastWords> {
  return lastWords.parse(metadata);
}
