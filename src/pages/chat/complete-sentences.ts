const segmenter = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/**
 * A growing answer in sentences for a screen reader, without Markdown's marks. While the answer is still `growing` its last sentence
 * is held back, so that none is read out half: what was given once never changes, there is only more of it.
 */
export function completeSentences(text: string, growing: boolean): string[] {
  const segments = Array.from(segmenter.segment(text), ({ segment }) => segment);
  return segments
    .slice(0, growing ? -1 : undefined)
    .map((segment) => segment.replaceAll(/[*`#|]+/g, '').trim())
    .filter(Boolean);
}
