import type { UIMessage } from 'ai';
import { describe, expect, it } from 'vitest';
import { answerPartsOf, answerTextOf } from '../../src/pages/chat/answer-parts.ts';

const step = { type: 'step-start' } as const;
const restart = { type: 'data-restart', data: {} } as const;
const text = (words: string) => ({ type: 'text', text: words }) as const;

function answer(...parts: UIMessage['parts']): UIMessage {
  return { id: 'm1', role: 'assistant', parts };
}

describe('answerPartsOf', () => {
  it('drops what a restarted step had said, and keeps the steps before', () => {
    const message = answer(step, text('first'), step, text('half a sec'), restart, step, text('second'));
    expect(answerPartsOf(message)).toEqual([step, text('first'), step, text('second')]);
  });

  it('drops everything when the very first step is restarted', () => {
    expect(answerPartsOf(answer(text('half'), restart, text('whole')))).toEqual([text('whole')]);
  });
});

describe('answerTextOf', () => {
  it('joins the words and leaves reasoning out', () => {
    const message = answer({ type: 'reasoning', text: 'hm' }, text('One.'), text('Two.'));
    expect(answerTextOf(message)).toBe('One.\n\nTwo.');
  });
});
