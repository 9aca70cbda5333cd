import type { Viewer } from './viewer.ts';

/**
 * Ends the stream of a turn that waits for a person. It is no chunk of the journal: whoever reads the turn after it went on sees it as one.
 * Under the last number that was shown, so that a client that goes on after it misses nothing.
 */
export function showPause(viewer: Viewer, lastSeq: number, turnId: string): void {
  const messageMetadata = { turn_id: turnId, status: 'awaiting' };
  viewer.write({ seq: lastSeq, chunk: { type: 'finish', finishReason: 'tool-calls', messageMetadata } });
}
