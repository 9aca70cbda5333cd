import type { FinishReason, UIMessageChunk } from 'ai';
import { answerText } from './answer-text.ts';
import { readLastWords } from './last-words.ts';

export interface CompletionCall {
  index: number;
  id: string;
  type: 'function';
  function: { name: string; arguments: string };
}

export interface CompletionDelta {
  content?: string;
  /** Not OpenAI's own, but what servers of models that think have made of it, and many clients read. */
  reasoning_content?: string;
  tool_calls?: CompletionCall[];
}

export type CompletionReason = 'stop' | 'length' | 'content_filter' | 'tool_calls';

export interface CompletionUsage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  prompt_tokens_details: { cached_tokens: number };
  completion_tokens_details: { reasoning_tokens: number };
}

export interface CompletionDeltas {
  /** What this chunk adds to the answer; null for nothing. */
  next(chunk: UIMessageChunk): CompletionDelta | null;
  /** How the turn ended, once no chunk follows. */
  finishReason(): CompletionReason;
  usage(): CompletionUsage | null;
  /** Catalogue id of the model that answered; null while it is not known. */
  model(): string | null;
}

/** A turn in the words of OpenAI's chat completions. Of tool calls only those of the client's own `functions` are shown, whole. */
export function completionDeltas(functions: ReadonlySet<string>): CompletionDeltas {
  const text = answerText('\n\n');
  let calls = 0;
  let finish: FinishReason | undefined;
  let metadata: unknown;

  return {
    next(chunk) {
      // A program reads this, and sends it back as history: a note to the person would be taken for the answer.
      if (chunk.type === 'data-mcp-auth-required') return null;
      const content = text.next(chunk);
      if (content !== '') return { content };
      switch (chunk.type) {
        case 'reasoning-delta':
          return chunk.delta === '' ? null : { reasoning_content: chunk.delta };
        case 'tool-input-available': {
          if (!functions.has(chunk.toolName)) return null;
          const { toolCallId: id, toolName: name, input } = chunk;
          const called = { name, arguments: JSON.stringify(input ?? {}) };
          return { tool_calls: [{ index: calls++, id, type: 'function', function: called }] };
        }
        case 'finish':
          finish = chunk.finishReason;
          metadata = chunk.messageMetadata ?? metadata;
          return null;
        case 'message-metadata':
          metadata = chunk.messageMetadata;
          return null;
        default:
          return null;
      }
    },
    finishReason() {
      if (calls > 0) return 'tool_calls';
      if (finish === 'content-filter') return 'content_filter';
      // Tools of ours that were called to the last step that a turn may take leave the answer unfinished, as a limit of tokens does.
      return finish === 'length' || finish === 'tool-calls' ? 'length' : 'stop';
    },
    usage() {
      const { usage } = readLastWords(metadata);
      if (!usage) return null;
      return {
        prompt_tokens: usage.inputTokens,
        completion_tokens: usage.outputTokens,
        total_tokens: usage.totalTokens,
        prompt_tokens_details: { cached_tokens: usage.cachedInputTokens ?? 0 },
        completion_tokens_details: { reasoning_tokens: usage.reasoningTokens ?? 0 },
      };
    },
    model: () => readLastWords(metadata).model ?? null,
  };
}
