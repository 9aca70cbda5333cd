import { z } from 'zod';

const answerMetadataSchema = z.object({
  model: z.string().nullish(),
  status: z.string().nullish(),
  usage: z.object({ inputTokens: z.number(), outputTokens: z.number() }).nullish().catch(null),
});

const count = (tokens: number): string => tokens.toLocaleString('en');

/**
 * One muted line under an answer, such as `gpt-5-mini · 312 tokens in, 48 out · stopped`; null when nothing is known. `endingHere` is how
 * the answer ended before this page's eyes, where that was not as it should.
 */
export function describeAnswer(metadata: unknown, endingHere: string | null): string | null {
  const { model, status, usage } = answerMetadataSchema.safeParse(metadata).data ?? {};
  const tokens = usage && `${count(usage.inputTokens)} tokens in, ${count(usage.outputTokens)} out`;
  const ending = endingHere ?? (status === 'complete' ? null : status === 'awaiting' ? 'waits for you' : status);
  return [model, tokens, ending].filter(Boolean).join(' · ') || null;
}
