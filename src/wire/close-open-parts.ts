import type { UIMessageChunk } from 'ai';

/** What a model and a client read of a call that nobody allowed. */
const NOT_ANSWERED = 'Nobody answered.';

/**
 * The chunks that bring every open part to its end when a producer breaks off, so that no client waits for more: texts end where they
 * are, and a tool call that has no result gets `unfinishedCall` as its error; what a person was asked to allow and did not answer counts as
 * denied. A call whose input is incomplete stays as it is: models are never sent it. Those in `keep` stay open.
 */
export function closeOpenParts(
  chunks: readonly UIMessageChunk[],
  unfinishedCall: string,
  keep: readonly string[] = [],
): UIMessageChunk[] {
  const open = new Map<string, UIMessageChunk[]>();
  const approvals = new Map<string, string>();
  for (const chunk of chunks) {
    switch (chunk.type) {
      case 'reset-step':
        open.clear();
        break;
      case 'text-start':
        open.set(`text ${chunk.id}`, [{ type: 'text-end', id: chunk.id }]);
        break;
      case 'reasoning-start':
        open.set(`reasoning ${chunk.id}`, [{ type: 'reasoning-end', id: chunk.id }]);
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
        open.set(`call ${toolCallId}`, [dynamic === undefined ? error : { ...error, dynamic }]);
        break;
      }
      case 'tool-approval-request': {
        const { toolCallId, approvalId, isAutomatic } = chunk;
        if (isAutomatic) break;
        approvals.set(approvalId, toolCallId);
        open.set(`call ${toolCallId}`, [
          { type: 'tool-approval-response', approvalId, approved: false, reason: NOT_ANSWERED },
          { type: 'tool-output-denied', toolCallId },
        ]);
        break;
      }
      case 'tool-approval-response': {
        const toolCallId = approvals.get(chunk.approvalId);
        if (toolCallId === undefined) break;
        const broken: UIMessageChunk = {
          type: 'tool-output-error',
          toolCallId,
          errorText: unfinishedCall,
          dynamic: true,
        };
        open.set(`call ${toolCallId}`, [chunk.approved ? broken : { type: 'tool-output-denied', toolCallId }]);
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
  for (const toolCallId of keep) open.delete(`call ${toolCallId}`);
  return [...open.values()].flat();
}
