import type { UIMessageChunk } from 'ai';

/**
 * The chunks that bring every open part to its end when a producer breaks off, so that no client waits for more: texts end where they
 * are, and a tool call that has no result gets `unfinishedCall` as its error. A call whose input is incomplete stays as it is: models are
 * never sent it.
 */
export function closeOpenParts(chunks: readonly UIMessageChunk[], unfinishedCall: string): UIMessageChunk[] {
  const open = new Map<string, UIMessageChunk>();
  for (const chunk of chunks) {
    switch (chunk.type) {
      case 'reset-step':
        open.clear();
        break;
      case 'text-start':
        open.set(`text ${chunk.id}`, { type: 'text-end', id: chunk.id });
        break;
      case 'reasoning-start':
        open.set(`reasoning ${chunk.id}`, { type: 'reasoning-end', id: chunk.id });
        break;
      case 'text-end':
        open.delete(`text ${chunk.id}`);
        break;
      case 'reasoning-end':
        open.delete(`reasoning ${chunk.id}`);
        break;
      case 'tool-input-available': {
        const { toolCallId, dynamic } = chunk;
        const error = { type: 'tool-output-error' as const, toolCallId, errorText: unfinishedCall };
        open.set(`call ${toolCallId}`, dynamic === undefined ? error : { ...error, dynamic });
        break;
      }
      case 'tool-output-available':
        if (!chunk.preliminary) open.delete(`call ${chunk.toolCallId}`);
        break;
      case 'tool-output-error':
      case 'tool-output-denied':
        open.delete(`call ${chunk.toolCallId}`);
        break;
      default:
    }
  }
  return [...open.values()];
}
