import type { ReactNode } from 'react';
import { Composer } from './composer.tsx';
import { EmptyState } from './empty-state.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { DownIcon } from './icons.tsx';
import { LiveAnswer } from './live-answer.tsx';
import { LoginNotice } from './login-notice.tsx';
import { MessageList } from './message-list.tsx';
import { PersonAnswersContext } from './person-answers.ts';
import { useConversation } from './use-conversation.ts';
import type { SessionOnPage, ShownSession } from './use-session.ts';
import { useStickToBottom } from './use-stick-to-bottom.ts';

interface ConversationProps {
  session: ShownSession;
  page: Pick<SessionOnPage, 'keepInAddress' | 'reconnections' | 'reopen'>;
}

export function Conversation({ session, page }: ConversationProps): ReactNode {
  const { messages, person, progress, failure, locked, endings, recover, ...composing } = useConversation(
    session,
    page,
  );
  const { content, away, toBottom } = useStickToBottom();
  const busy = progress !== 'idle';

  function send(text: string): void {
    composing.send(text);
    toBottom();
  }

  const notice = failure && <FailureNotice failure={failure} onAction={recover} />;
  return (
    <>
      <main className="conversation">
        <div className="messages" ref={content}>
          {messages.length === 0 && !busy ? (
            <EmptyState missing={session.missing} onPick={send} />
          ) : (
            <PersonAnswersContext value={person}>
              <MessageList messages={messages} busy={busy} endings={endings} />
            </PersonAnswersContext>
          )}
          {!busy && locked.map((server) => <LoginNotice key={server.server} locked={server} />)}
          {failure?.place === 'answer' && notice}
        </div>
        <LiveAnswer message={messages.at(-1)} busy={busy} />
      </main>
      <footer className="dock">
        {away && (
          <button type="button" className="button jump" onClick={toBottom}>
            <DownIcon />
            Jump to latest
          </button>
        )}
        {failure?.place === 'composer' && notice}
        <Composer {...composing} progress={progress} send={send} />
      </footer>
    </>
  );
}
