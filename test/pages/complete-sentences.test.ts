import { describe, expect, it } from 'vitest';
import { completeSentences } from '../../src/pages/chat/complete-sentences.ts';

describe('completeSentences', () => {
  it('holds the open sentence of a growing answer back', () => {
    expect(completeSentences('It is done. The next one is', true)).toEqual(['It is done.']);
    expect(completeSentences('It is done. The next one is', false)).toEqual(['It is done.', 'The next one is']);
  });

  it('never changes what it gave while the answer grows', () => {
    const answer = 'Version 3.14 is out. It was **new**!\n\n- one\n- two\n\nسلام دنیا. حال شما چطور است؟ خوب.';
    let given: string[] = [];
    for (let length = 0; length <= answer.length; length += 1) {
      const now = completeSentences(answer.slice(0, length), true);
      expect(now.slice(0, given.length)).toEqual(given);
      given = now;
    }
    expect(given.length).toBeGreaterThan(4);
  });

  it('leaves the marks of Markdown out', () => {
    expect(completeSentences('## A **bold** `word`', false)).toEqual(['A bold word']);
  });
});
