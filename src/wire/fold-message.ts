import { readUIMessageStream, simulateReadableStream, type UIMessage, type UIMessageChunk } from 'ai';

/**
 * The assistant's message that a client sees after all these chunks: the AI SDK's own reading of them, so that what is stored is what is shown.
 * Null when they show nothing.
 */
export async function foldMessage(messageId: string, chunks: readonly UIMessageChunk[]): Promise<UIMessage | null> {
  // The SDK's own maker of streams, here without its delays: what it reads must be of the class that it pipes through.
  const stream = simulateReadableStream({ chunks: [...chunks], initialDelayInMs: null, chunkDelayInMs: null });
  let folded: UIMessage | null = null;
  for await (const snapshot of readUIMessageStream({ stream })) folded = snapshot;
  const shown = folded?.parts.some((part) => part.type !== 'step-start') ?? false;
  return folded && shown ? { ...folded, id: messageId } : null;
}
