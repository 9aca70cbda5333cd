import type { UIMessageChunk } from 'ai';
import type { JournalChunk } from '../../src/journal/turn-journal.ts';
import { streamEncoder, type StreamFormat } from '../../src/wire/stream-formats.ts';

export const TURN = { sessionId: 'session_1', turnId: 'turn_1', now: 1_700_000_000_000 };

export function numbered(chunks: readonly UIMessageChunk[]): JournalChunk[] {
  return chunks.map((chunk, index) => ({ seq: index + 1, chunk }));
}

/** The whole body of a turn that is watched live. */
export function encodeTurn(format: StreamFormat, chunks: readonly UIMessageChunk[]): string {
  const encoder = streamEncoder(format, TURN);
  return (
    numbered(chunks)
      .map((entry) => encoder.encode(entry))
      .join('') + encoder.end()
  );
}

/** What the network may make of a body: pieces of these many bytes, over and over. */
export function cutBytes(body: string, sizes: readonly number[]): Uint8Array[] {
  const bytes = new TextEncoder().encode(body);
  const pieces: Uint8Array[] = [];
  for (let from = 0, turn = 0; from < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    pieces.push(bytes.subarray(from, from + size));
    from += size;
  }
  return pieces;
}
