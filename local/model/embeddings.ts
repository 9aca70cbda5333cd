import { z } from 'zod';
import { DIMENSIONS, hashEmbedding } from './hash-embedding.ts';

const embeddingsRequest = z.object({
  model: z.string(),
  input: z.union([z.string().transform((text) => [text]), z.array(z.string())]),
  dimensions: z.int().min(1).max(4096).nullish(),
});

/** The body of `POST /v1/embeddings`, in OpenAI's shape. */
export function answerEmbeddings(body: unknown): object {
  const { model, input, dimensions } = embeddingsRequest.parse(body);
  const tokens = Math.ceil(input.join('').length / 4);
  return {
    object: 'list',
    model,
    data: input.map((text, index) => ({
      object: 'embedding',
      index,
      embedding: hashEmbedding(text, dimensions ?? DIMENSIONS),
    })),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}
