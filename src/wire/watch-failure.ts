import type { UIMessageChunk } from 'ai';
import { z } from 'zod';

const errorData = z.object({ code: z.string() });

export interface ChunkFailure {
  /** One of our error codes; null when only the words are known. */
  code: string | null;
  message: string;
}

export interface FailureWatch {
  note(chunk: UIMessageChunk): void;
  /** Why the turn failed, once no chunk follows; null when it did not. */
  failure(): ChunkFailure | null;
}

/** For formats whose errors have a code: a failed turn tells it right before its words. */
export function watchFailure(): FailureWatch {
  let code: string | null = null;
  let failure: ChunkFailure | null = null;
  let ended = false;
  return {
    note(chunk) {
      if (chunk.type === 'data-error') code = errorData.safeParse(chunk.data).data?.code ?? null;
      if (chunk.type === 'error') failure ??= { code, message: chunk.errorText };
      if (chunk.type === 'finish' || chunk.type === 'abort') ended = true;
    },
    failure() {
      if (failure || ended) return failure;
      return { code: null, message: 'The stream broke off before the answer was complete.' };
    },
  };
}
