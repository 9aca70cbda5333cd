import type { UIMessage } from 'ai';
import type { ReactNode } from 'react';
import { Answer } from './answer.tsx';
import { Question } from './question.tsx';

interface MessageListProps {
  messages: UIMessage[];
  busy: boolean;
  stoppedIds: ReadonlySet<string>;
}

export function MessageList({ messages, busy, stoppedIds }: MessageListProps): ReactNode {
  const last = messages.at(-1);
  return (
    <>
      {messages.map((message) =>
        message.role === 'user' ? (
          <Question key={message.id} message={message} />
        ) : (
          <Answer
            key={message.id}
            message={message}
            growing={busy && message === last}
            stopped={stoppedIds.has(message.id)}
          />
        ),
      )}
      {busy && last?.role === 'user' && (
        <p className="waiting" aria-hidden="true">
          <span />
          <span />
          <span />
        </p>
      )}
    </>
  );
}
