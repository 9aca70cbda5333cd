import type { UIMessageChunk } from 'ai';
import { completionDeltas, type CompletionCall } from './completion-deltas.ts';
import type { CompletionTurn } from './completion-stream-encoder.ts';

/** OpenAI's chat completion for a turn that has ended. */
export function wholeCompletion(
  { turnId, now, model, functions = new Set() }: CompletionTurn,
  chunks: readonly UIMessageChunk[],
) {
  const deltas = completionDeltas(functions);
  const all = chunks.flatMap((chunk) => deltas.next(chunk) ?? []);
  const content = all.map((delta) => delta.content ?? '').join('');
  const reasoning = all.map((delta) => delta.reasoning_content ?? '').join('');
  const calls = all.flatMap((delta) => delta.tool_calls ?? []).map(withoutIndex);
  return {
    id: `chatcmpl-${turnId}`,
    object: 'chat.completion' as const,
    created: Math.floor(now / 1000),
    model: deltas.model() ?? model ?? 'edgewise',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant' as const,
          content: content === '' && calls.length > 0 ? null : content,
          refusal: null,
          ...(reasoning !== '' && { reasoning_content: reasoning }),
          ...(calls.length > 0 && { tool_calls: calls }),
        },
        logprobs: null,
        finish_reason: deltas.finishReason(),
      },
    ],
    ...withUsage(deltas.usage()),
  };
}

const withUsage = <T>(usage: T | null) => (usage ? { usage } : {});

function withoutIndex({ id, type, function: called }: CompletionCall) {
  return { id, type, function: called };
}
