import type { JournalChunk } from '../journal/turn-journal.ts';

/** What a step's chunks say beside its parts, and so what a reset does not take back. */
const BESIDE_PARTS = new Set(['start', 'message-metadata', 'data-restart', 'error']);

/**
 * The same chunks without the parts of steps that are taken back further on, for a reader who gets them all at once and would see a text
 * come and go. They may begin inside a step; the `reset-step` itself stays, for whoever saw that step's beginning.
 */
export function dropAbandonedSteps(entries: readonly JournalChunk[]): JournalChunk[] {
  const kept: JournalChunk[] = [];
  let stepFrom = 0;
  for (const entry of entries) {
    if (entry.chunk.type === 'reset-step') {
      const abandoned = kept.splice(stepFrom);
      kept.push(...abandoned.filter(({ chunk }) => BESIDE_PARTS.has(chunk.type)));
    }
    kept.push(entry);
    if (['start-step', 'finish-step', 'reset-step'].includes(entry.chunk.type)) stepFrom = kept.length;
  }
  return kept;
}
