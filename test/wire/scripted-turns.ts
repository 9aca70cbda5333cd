import type { UIMessageChunk } from 'ai';

export const START: UIMessageChunk[] = [{ type: 'start', messageId: 'msg_1' }, { type: 'start-step' }];

export function text(...deltas: string[]): UIMessageChunk[] {
  return [
    { type: 'text-start', id: '0' },
    ...deltas.map((delta): UIMessageChunk => ({ type: 'text-delta', id: '0', delta })),
    { type: 'text-end', id: '0' },
  ];
}

/** A tool call as models write it: the arguments in pieces, then whole. */
export function call(toolCallId: string, toolName: string, pieces: string[]): UIMessageChunk[] {
  return [
    { type: 'tool-input-start', toolCallId, toolName, dynamic: true },
    ...pieces.map((inputTextDelta): UIMessageChunk => ({ type: 'tool-input-delta', toolCallId, inputTextDelta })),
    { type: 'tool-input-available', toolCallId, toolName, input: JSON.parse(pieces.join('')), dynamic: true },
  ];
}

export function result(
  toolCallId: string,
  output: unknown,
): Extract<UIMessageChunk, { type: 'tool-output-available' }> {
  return { type: 'tool-output-available', toolCallId, output, dynamic: true };
}

export const NEXT_STEP: UIMessageChunk[] = [{ type: 'finish-step' }, { type: 'start-step' }];
export const RESTART: UIMessageChunk[] = [
  { type: 'data-restart', transient: true, data: { reason: 'takeover', step: 1 } },
  { type: 'reset-step' },
];
export const FINISH: UIMessageChunk[] = [{ type: 'finish-step' }, { type: 'finish', finishReason: 'stop' }];
export const STOP: UIMessageChunk[] = [
  { type: 'message-metadata', messageMetadata: { status: 'stopped' } },
  { type: 'abort' },
];
export const FAIL: UIMessageChunk[] = [
  { type: 'error', errorText: 'The model provider failed.' },
  { type: 'finish', finishReason: 'error' },
];

/** Reasoning, Persian text, a tool that answers, one that fails, and a last word. */
export const TOOL_TURN: UIMessageChunk[] = [
  ...START,
  { type: 'reasoning-start', id: 'r' },
  { type: 'reasoning-delta', id: 'r', delta: 'secret thoughts' },
  { type: 'reasoning-end', id: 'r' },
  ...text('سلام ', '{😀}'),
  ...call('call_1', 'search__find', ['{"q":', '"کتاب"}']),
  ...call('call_2', 'pay', ['{}']),
  result('call_1', { content: [{ type: 'text', text: '{"found":1}' }] }),
  { type: 'tool-output-error', toolCallId: 'call_2', errorText: 'The tool server "pay" timed out.', dynamic: true },
  { type: 'data-unknown', data: { of: 'no interest' } },
  ...NEXT_STEP,
  ...text('Found ', 'it.'),
  ...FINISH,
];
