import type { ChatMessage, ToolCall } from './model-request.ts';

/** The user's messages as text, oldest first. */
export function userTexts(messages: readonly ChatMessage[]): string[] {
  return messages.filter(({ role }) => role === 'user').map(({ text }) => text.trim());
}

export function lastUserText(messages: readonly ChatMessage[]): string {
  return userTexts(messages).at(-1) ?? '';
}

export interface FinishedCall {
  call: ToolCall;
  /** What the tool answered, null while no result is among the messages. */
  result: string | null;
}

/** The tool calls made since the user last spoke, in order. */
export function callsOfThisTurn(messages: readonly ChatMessage[]): FinishedCall[] {
  const turn = messages.slice(messages.findLastIndex(({ role }) => role === 'user') + 1);
  const results = new Map(turn.map(({ callId, text }) => [callId, text]));
  return turn.flatMap(({ calls }) => calls).map((call) => ({ call, result: results.get(call.id) ?? null }));
}
