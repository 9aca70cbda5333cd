import { readUIMessageStream, type UIMessage, type UIMessageChunk } from 'ai';

/**
 * The assistant's message that a client sees after all these chunks: the AI SDK's own reading of them, so that what is stored is what is shown.
 * Null when they show nothing.
 */
export async function foldMessage(messageId: string, chunks: readonly UIMessageChunk[]): Promise<UIMessage | null> {
  const stream = new ReadableStream<UIMessageChunk>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  let folded: UIMessage | null = null;
  for await (const snapshot of readUIMessageStream({ stream })) folded = snapshot;
  const shown = folded?.parts.some((part) => part.type !== 'step-start') ?? false;
  return folded && shown ? { ...folded, id: messageId } : null;
}
