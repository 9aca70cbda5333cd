import type { UIMessage } from 'ai';
import type { ReactNode } from 'react';
import { Answer } from './answer.tsx';
import { Question } from './question.tsx';
import type { Conversation } from './use-conversation.ts';

interface MessageListProps {
  messages: UIMessage[];
  busy: boolean;
  endings: Conversation['endings'];
}

export function MessageList({ messages, busy, endings }: MessageListProps): ReactNode {
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
            ending={endings.get(message.id) ?? null}
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
