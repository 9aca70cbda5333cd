import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findSnippet } from '../../src/archive/find-snippet.ts';
import { normaliseText } from '../../src/text/normalise-text.ts';

test('shows the words where they stand, in a long text too', () => {
  const text = `${'before '.repeat(100)}a Blue whale sings ${'after '.repeat(100)}`;
  const { text: shown, highlights } = findSnippet(text, ['blue', 'whal']);
  expect(highlights.map(([from, to]) => shown.slice(from, to))).toEqual(['Blue', 'whale']);
  expect(shown.length).toBeLessThanOrEqual(240);
});

test('highlights are in order, inside the snippet, and hold what was looked for', () => {
  const words = fc.array(fc.constantFrom('one', 'two', 'کتاب', 'x'.repeat(300), 'é', '👍'), { maxLength: 60 });
  fc.assert(
    fc.property(words, fc.constantFrom('one', 'tw', 'کتاب', 'e'), (said, word) => {
      const { text, highlights } = findSnippet(said.join(' '), [word]);
      let last = 0;
      for (const [from, to] of highlights) {
        expect(from).toBeGreaterThanOrEqual(last);
        expect(to).toBeLessThanOrEqual(text.length);
        expect(normaliseText(text.slice(from, to)).startsWith(word)).toBe(true);
        last = to;
      }
      const isThere = said.some((item) => normaliseText(item).startsWith(word));
      expect(highlights.length > 0).toBe(isThere);
    }),
  );
});
