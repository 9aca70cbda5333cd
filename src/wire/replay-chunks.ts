import type { JournalChunk } from '../journal/turn-journal.ts';
import { dropAbandonedSteps } from './drop-abandoned-steps.ts';
import type { StreamEncoder } from './stream-encoder.ts';

/**
 * The text for chunks that are written already, in their order, chunk by chunk: the encoder only hears of those up to `afterSeq`, which
 * the client has seen. A client that cannot take text back is not shown steps that were abandoned since.
 */
export function* replayChunks(
  encoder: StreamEncoder,
  entries: readonly JournalChunk[],
  afterSeq: number,
): Generator<string> {
  const firstNew = entries.findIndex(({ seq }) => seq > afterSeq);
  const seen = firstNew < 0 ? entries : entries.slice(0, firstNew);
  for (const entry of seen) encoder.observe(entry);
  const rest = entries.slice(seen.length);
  for (const entry of encoder.takesBack ? rest : dropAbandonedSteps(rest)) yield encoder.encode(entry);
}
