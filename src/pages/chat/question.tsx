import type { UIMessage } from 'ai';
import { memo, type ReactNode } from 'react';

export const Question = memo(function Question({ message }: { message: UIMessage }): ReactNode {
  return (
    <article className="question" aria-label="Your message" dir="auto">
      {message.parts.map((part) => (part.type === 'text' ? part.text : '')).join('')}
    </article>
  );
});
