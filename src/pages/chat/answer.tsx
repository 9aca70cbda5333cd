import { isToolUIPart, type UIMessage } from 'ai';
import { memo, type ReactNode } from 'react';
import { describeAnswer } from './answer-metadata.ts';
import { answerPartsOf } from './answer-parts.ts';
import { ElicitationForm } from './elicitation-form.tsx';
import { readElicitation } from './elicitation-view.ts';
import { Markdown } from './markdown.tsx';
import { Reasoning } from './reasoning.tsx';
import { ToolCard } from './tool-card.tsx';

function Part({ part, message }: { part: UIMessage['parts'][number]; message: UIMessage }): ReactNode {
  if (part.type === 'data-mcp-elicitation') return <Elicitation data={part.data} message={message} />;
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

/** Shown for as long as its call waits for the answer. */
function Elicitation({ data, message }: { data: unknown; message: UIMessage }): ReactNode {
  const elicitation = readElicitation(data);
  const call = message.parts.find((part) => isToolUIPart(part) && part.toolCallId === elicitation?.tool_call_id);
  const waits = call && 'state' in call && ['input-available', 'approval-responded'].includes(String(call.state));
  if (!elicitation || elicitation.answered || !waits) return null;
  return <ElicitationForm elicitation={elicitation} />;
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
        <Part key={index} part={part} message={message} />
      ))}
      {status && <p className="answer-status">{status}</p>}
    </article>
  );
});
