import { readRefusal } from './refusal.ts';

/** Asks the server to end the running turn; harmless when there is none. Closing the stream alone would only be leaving it. */
export async function stopTurn(sessionId: string): Promise<void> {
  const response = await fetch(`/api/chat/${encodeURIComponent(sessionId)}/stop`, { method: 'POST' });
  if (!response.ok) throw await readRefusal(response);
}
