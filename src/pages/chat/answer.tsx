import { isToolUIPart, type UIMessage } from 'ai';
import { memo, type ReactNode } from 'react';
import { describeAnswer } from './answer-metadata.ts';
import { answerPartsOf } from './answer-parts.ts';
import { Markdown } from './markdown.tsx';
import { Reasoning } from './reasoning.tsx';
import { ToolCard } from './tool-card.tsx';

function Part({ part }: { part: UIMessage['parts'][number] }): ReactNode {
  if (isToolUIPart(part)) return <ToolCard part={part} />;
  if (part.type === 'reasoning') return <Reasoning part={part} />;
  if (part.type === 'source-url') {
    return (
      <a className="source" href={part.url} target="_blank" rel="noopener noreferrer">
        {part.title ?? part.url}
      </a>
    );
  }
  if (part.type === 'source-document') {
    return (
      <span className="source" title={part.filename}>
        {part.title}
      </span>
    );
  }
  if (part.type !== 'text' || !part.text) return null;
  return (
    <div className="markdown">
      <Markdown text={part.text} />
    </div>
  );
}

interface AnswerProps {
  message: UIMessage;
  growing: boolean;
  ending: string | null;
}

export const Answer = memo(function Answer({ message, growing, ending }: AnswerProps): ReactNode {
  const status = growing ? null : describeAnswer(message.metadata, ending);
  return (
    <article className="answer" aria-label="Answer" dir="auto" data-growing={growing}>
      {answerPartsOf(message).map((part, index) => (
        // Parts are only ever appended, and a restarted step's parts are replaced: the place is the identity.
        <Part key={index} part={part} />
      ))}
      {status && <p className="answer-status">{status}</p>}
    </article>
  );
});
