import type { ChatMessage } from './model-request.ts';
import { asRecord, idOf, readToolResult, rowsOf, titleOf } from './tool-result.ts';

/** The id that an earlier tool result gives to a task of this title; the latest result counts. */
export function findTaskId(messages: readonly ChatMessage[], title: string): string | null {
  const wanted = title.toLowerCase();
  for (const { text } of messages.filter(({ role }) => role === 'tool').reverse()) {
    const value = readToolResult(text);
    for (const row of rowsOf(value) ?? [value]) {
      const task = asRecord(row);
      if (task && titleOf(task)?.toLowerCase() === wanted) return idOf(task);
    }
  }
  return null;
}
