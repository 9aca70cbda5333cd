import { isToolUIPart, type UIMessage } from 'ai';

/** Whether the person has said something about the calls of this message, and there is none left to speak of. */
export function isAllAnswered(message: UIMessage | undefined): boolean {
  if (message?.role !== 'assistant') return false;
  const states = message.parts.filter(isToolUIPart).map(({ state }) => state);
  return states.includes('approval-responded') && !states.includes('approval-requested');
}
