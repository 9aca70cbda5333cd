import type { ReactNode } from 'react';
import type { LockedServer } from './login-view.ts';

/** Under an answer that had to do without a tool server: what the person can do about it. */
export function LoginNotice({ locked }: { locked: LockedServer }): ReactNode {
  return (
    <div className="person-question" role="status" dir="ltr">
      <p>
        <What locked={locked} />
      </p>
    </div>
  );
}

function What({ locked }: { locked: LockedServer }): ReactNode {
  const server = <strong>{locked.server}</strong>;
  switch (locked.kind) {
    case 'login':
      return (
        <span>
          The answer was made without {server}, which needs you to log in.{' '}
          <a href={locked.url} target="_blank" rel="noopener noreferrer">
            Log in to {locked.server}
          </a>{' '}
          in a new tab; when it says that you are logged in, come back here and ask again.
        </span>
      );
    case 'secret':
      return (
        <span>
          The answer was made without {server}, which needs your secret. Store it with <code>PUT {locked.url}</code> and
          ask again.
        </span>
      );
    case 'headers':
      return (
        <span>
          The answer was made without {server}, which needs request headers that this page does not send:{' '}
          <code>{locked.headers.join(', ')}</code>.
        </span>
      );
  }
  return locked satisfies never;
}
