import { memo, type ReactNode } from 'react';
import type { ReasoningUIPart } from 'ai';
import { ChevronIcon } from './icons.tsx';
import { Markdown } from './markdown.tsx';

export const Reasoning = memo(function Reasoning({ part }: { part: ReasoningUIPart }): ReactNode {
  if (!part.text.trim()) return null;
  return (
    <details className="details-card reasoning" dir="auto">
      <summary>
        <span>{part.state === 'streaming' ? 'Thinking…' : 'Reasoning'}</span>
        <ChevronIcon />
      </summary>
      <div className="markdown">
        <Markdown text={part.text} />
      </div>
    </details>
  );
});
