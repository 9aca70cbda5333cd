import type { UIMessageChunk } from 'ai';
import { answerText } from './answer-text.ts';
import { dropAbandonedSteps } from './drop-abandoned-steps.ts';

/** The whole answer's text: a blank line between its steps, nothing of tries that were abandoned, and what a person is asked. */
export function shownText(chunks: readonly UIMessageChunk[]): string {
  const text = answerText('\n\n');
  const entries = chunks.map((chunk, index) => ({ seq: index + 1, chunk }));
  return dropAbandonedSteps(entries)
    .map(({ chunk }) => text.next(chunk))
    .join('');
}
