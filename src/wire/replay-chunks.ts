import type { JournalChunk } from '../journal/turn-journal.ts';
import { dropAbandonedSteps } from './drop-abandoned-steps.ts';
import type { StreamEncoder } from './stream-encoder.ts';

/**
 * The text for chunks that are written already, in their order: the encoder only hears of those up to `afterSeq`, which the client has
 * seen. A client that cannot take text back is not shown steps that were abandoned since.
 */
export function replayChunks(encoder: StreamEncoder, entries: readonly JournalChunk[], afterSeq: number): string {
  for (const entry of entries) if (entry.seq <= afterSeq) encoder.observe(entry);
  const fresh = entries.filter(({ seq }) => seq > afterSeq);
  const shown = encoder.takesBack ? fresh : dropAbandonedSteps(fresh);
  return shown.map((entry) => encoder.encode(entry)).join('');
}
