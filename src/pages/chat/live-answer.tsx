import type { UIMessage } from 'ai';
import type { ReactNode } from 'react';
import { answerTextOf } from './answer-parts.ts';
import { completeSentences } from './complete-sentences.ts';

/** The growing answer for screen readers: whole sentences, politely, each once. When the answer is there the article itself is read. */
export function LiveAnswer({ message, busy }: { message: UIMessage | undefined; busy: boolean }): ReactNode {
  const answer = message?.role === 'assistant' ? answerTextOf(message) : '';
  return (
    <div className="visually-hidden" aria-live="polite" aria-relevant="additions">
      {busy && <p>{answer ? 'Answer:' : 'Waiting for the answer.'}</p>}
      {busy && completeSentences(answer, true).map((sentence, index) => <p key={index}>{sentence}</p>)}
    </div>
  );
}
