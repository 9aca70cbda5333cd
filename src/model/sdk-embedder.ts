import type { EmbeddingModelV4 } from '@ai-sdk/provider';
import { embedMany } from 'ai';
import { AppError } from '../errors.ts';
import type { Embedder } from '../knowledge/embedder.ts';

/** Calls at once for the chunks of one document: the platform allows six connections that wait for an answer. */
const PARALLEL_CALLS = 3;

export function sdkEmbedder(id: string, model: EmbeddingModelV4, dimensions: number | undefined): Embedder {
  return {
    id: dimensions === undefined ? id : `${id}:${dimensions}`,
    async embed(texts, { timeoutMs }) {
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        const { embeddings } = await embedMany({
          model,
          values: [...texts],
          maxParallelCalls: PARALLEL_CALLS,
          maxRetries: 1,
          abortSignal: signal,
          ...(dimensions !== undefined && { dimensions }),
        });
        return embeddings;
      } catch (cause) {
        if (signal.aborted)
          throw new AppError('provider_timeout', 'The embedding model took too long. Try again in a moment.', {
            cause,
          });
        throw new AppError('provider_error', 'The embedding model did not answer. Try again in a moment.', { cause });
      }
    },
  };
}
