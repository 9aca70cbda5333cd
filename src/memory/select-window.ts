import type { StoredMessage } from './stored-message.ts';

/**
 * The newest whole turns that fit into `limit` messages, oldest first. A turn is a user's message and everything until the next one;
 * half a turn, and so a tool call without its result, never gets in.
 */
export function selectWindow(history: readonly StoredMessage[], limit: number): StoredMessage[] {
  const newest = history.slice(Math.max(0, history.length - limit));
  const start = newest.findIndex(({ message }) => message.role === 'user');
  return start === -1 ? [] : newest.slice(start);
}
