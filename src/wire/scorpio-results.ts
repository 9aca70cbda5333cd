import type { UIMessageChunk } from 'ai';

/** What one SSE frame of seed 003 says. */
export interface ScorpioFrame {
  type: 'token' | 'tool_result' | 'error' | 'done';
  data: unknown;
}

/** The frames of tool results: each call is answered once. */
export function scorpioResults(): { next(chunk: UIMessageChunk): ScorpioFrame | null } {
  const names = new Map<string, string>();
  const answered = new Set<string>();

  function once(tool_call_id: string, frame: ScorpioFrame): ScorpioFrame | null {
    if (answered.has(tool_call_id)) return null;
    answered.add(tool_call_id);
    return frame;
  }
  function failed(tool_call_id: string, reason: string): ScorpioFrame | null {
    const message = `Tool execution failed: ${reason}`;
    return once(tool_call_id, {
      type: 'error',
      data: { message, tool_name: names.get(tool_call_id) ?? '', tool_call_id },
    });
  }

  return {
    next(chunk) {
      switch (chunk.type) {
        case 'tool-input-start':
        case 'tool-input-available':
          names.set(chunk.toolCallId, chunk.toolName);
          return null;
        case 'tool-input-error':
          names.set(chunk.toolCallId, chunk.toolName);
          return failed(chunk.toolCallId, chunk.errorText);
        case 'tool-output-available': {
          const { toolCallId: tool_call_id, output: result, preliminary } = chunk;
          return preliminary ? null : once(tool_call_id, { type: 'tool_result', data: { tool_call_id, result } });
        }
        case 'tool-output-error':
          return failed(chunk.toolCallId, chunk.errorText);
        case 'tool-output-denied':
          return failed(chunk.toolCallId, 'The call was not allowed.');
        default:
          return null;
      }
    },
  };
}
