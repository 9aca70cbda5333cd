import type { UIMessage } from 'ai';
import type { StoredMessage } from '../../src/memory/stored-message.ts';

export function stored(
  role: 'user' | 'assistant',
  position: number,
  parts: UIMessage['parts'] = [{ type: 'text', text: 'x' }],
  model: string | null = null,
): StoredMessage {
  return {
    v: 1,
    id: `m${position}`,
    turn_id: `t${position}`,
    position,
    status: 'complete',
    model,
    usage: null,
    created_at: '2026-11-21T00:00:00.000Z',
    message: { id: `m${position}`, role, parts },
  };
}

/** An answer that called a tool whose output has so many characters. */
export function calling(position: number, characters: number): StoredMessage {
  const output = { content: [{ type: 'text', text: 'o'.repeat(characters) }] };
  return stored('assistant', position, [
    {
      type: 'dynamic-tool',
      toolName: 'look',
      toolCallId: `c${position}`,
      state: 'output-available',
      input: {},
      output,
    },
    { type: 'text', text: 'done' },
  ]);
}
