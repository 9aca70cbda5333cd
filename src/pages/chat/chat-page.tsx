import type { ReactNode } from 'react';
import { Conversation } from './conversation.tsx';
import { describeFailure } from './describe-failure.ts';
import { FailureNotice } from './failure-notice.tsx';
import { Mark, NewIcon } from './icons.tsx';
import { useSession } from './use-session.ts';

export function ChatPage(): ReactNode {
  const { session, openError, startNew, ...page } = useSession();
  return (
    <div className="page">
      <header className="page-header">
        <span className="brand">
          <Mark />
          Edgewise
        </span>
        <button type="button" className="button quiet" onClick={startNew}>
          <NewIcon />
          New session
        </button>
      </header>
      {session && <Conversation key={session.revision} session={session} page={page} />}
      {!session && (
        <main className="page-message">
          {openError ? (
            <FailureNotice
              failure={describeFailure(openError, { purpose: 'resume', accepted: false, requestId: null })}
              onAction={() => void page.reopen().catch(() => undefined)}
            />
          ) : (
            <p role="status">Opening the conversation…</p>
          )}
        </main>
      )}
    </div>
  );
}
