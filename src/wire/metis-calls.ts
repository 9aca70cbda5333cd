import type { UIMessageChunk } from 'ai';
import { metisOutput } from './metis-output.ts';

/** What one SSE frame of seed 000 says; the order of its keys is theirs too. */
export type MetisFrame = { type: string } & Record<string, unknown>;

/** The frames of tool calls: each is announced once and answered once. */
export function metisCalls(): { next(chunk: UIMessageChunk): MetisFrame[] } {
  const names = new Map<string, string>();
  const answered = new Set<string>();

  function announce(call_id: string, tool_name: string): MetisFrame[] {
    if (names.has(call_id)) return [];
    names.set(call_id, tool_name);
    return [{ type: 'tool_call_started', tool_name, call_id }];
  }
  function call(call_id: string, name: string, input: unknown): MetisFrame[] {
    const about = { name, call_id };
    return [
      ...announce(call_id, name),
      { type: 'tool_call', ...about, arguments: input ?? {} },
      { type: 'tool_call_complete', ...about },
    ];
  }
  function answer(call_id: string, output: unknown): MetisFrame[] {
    if (answered.has(call_id)) return [];
    answered.add(call_id);
    return [{ type: 'tool_response', name: names.get(call_id) ?? '', call_id, output }];
  }

  return {
    next(chunk) {
      switch (chunk.type) {
        case 'tool-input-start':
          return announce(chunk.toolCallId, chunk.toolName);
        case 'tool-input-available':
          return call(chunk.toolCallId, chunk.toolName, chunk.input);
        case 'tool-input-error':
          return [...call(chunk.toolCallId, chunk.toolName, chunk.input), ...answer(chunk.toolCallId, chunk.errorText)];
        case 'tool-output-available':
          return chunk.preliminary ? [] : answer(chunk.toolCallId, metisOutput(chunk.output));
        case 'tool-output-error':
          return answer(chunk.toolCallId, chunk.errorText);
        case 'tool-output-denied':
          return answer(chunk.toolCallId, 'The call was not allowed.');
        default:
          return [];
      }
    },
  };
}
