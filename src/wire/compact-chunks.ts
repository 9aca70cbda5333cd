import type { UIMessageChunk } from 'ai';

/** Puts `next` at the end of `chunks`; a delta joins the one before it when both grow the same part. Folding the result gives the same message. */
export function pushCompact(chunks: UIMessageChunk[], next: UIMessageChunk): void {
  const last = chunks.at(-1);
  const joined = last && joinDeltas(last, next);
  if (joined) chunks[chunks.length - 1] = joined;
  else chunks.push(next);
}

function joinDeltas(last: UIMessageChunk, next: UIMessageChunk): UIMessageChunk | null {
  if (last.type === 'tool-input-delta' && next.type === 'tool-input-delta') {
    if (last.toolCallId !== next.toolCallId) return null;
    return { ...next, inputTextDelta: last.inputTextDelta + next.inputTextDelta };
  }
  const isDelta = next.type === 'text-delta' || next.type === 'reasoning-delta';
  if (!isDelta || last.type !== next.type || last.id !== next.id) return null;
  const providerMetadata = next.providerMetadata ?? last.providerMetadata;
  return { ...next, delta: last.delta + next.delta, ...(providerMetadata && { providerMetadata }) };
}
