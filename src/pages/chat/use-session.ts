import { useCallback, useEffect, useState } from 'react';
import { createBackoff, type Backoff } from './backoff.ts';
import { openSession, type OpenedSession } from './open-session.ts';
import { createSessionId, sessionIdOf } from './session-id.ts';

export interface ShownSession extends OpenedSession {
  id: string;
  /** Whether the address named a conversation that is not there any more. */
  missing: boolean;
  /** Counts the times this session was opened, so that opening it again starts from what the server has. */
  revision: number;
}

export interface SessionOnPage {
  session: ShownSession | null;
  openError: Error | null;
  startNew(): void;
  /** Paces the reconnections to a lost answer; it outlives the reopening of the session. */
  reconnections: Backoff;
  /** Loads the session again from the server. Rejects, and changes nothing, when that fails. */
  reopen(): Promise<void>;
  /** Puts the session's id into the address, once there is something that a reload should find. */
  keepInAddress(): void;
}

let revision = 0;

function newSession(missing: boolean): ShownSession {
  revision += 1;
  return { id: createSessionId(), messages: [], title: null, active: false, missing, revision };
}

async function loadSession(id: string, signal: AbortSignal): Promise<ShownSession> {
  const opened = await openSession(id, signal);
  if (!opened) return newSession(true);
  revision += 1;
  return { id, ...opened, missing: false, revision };
}

/** The session that the address names: the fragment never reaches a server's log, and Back leads to the conversation before. */
export function useSession(): SessionOnPage {
  // An object, so that going to the same address again is a change too.
  const [address, setAddress] = useState(() => ({ id: sessionIdOf(window.location.hash) }));
  const [session, setSession] = useState<ShownSession | null>(() => (address.id === null ? newSession(false) : null));
  const [openError, setOpenError] = useState<Error | null>(null);

  const [reconnections] = useState(createBackoff);

  useEffect(() => {
    const follow = (): void => {
      const named = sessionIdOf(window.location.hash);
      setAddress({ id: named });
      setSession(named === null ? newSession(false) : null);
      setOpenError(null);
    };
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);

  useEffect(() => {
    if (address.id === null) return undefined;
    const leaving = new AbortController();
    loadSession(address.id, leaving.signal)
      .then(setSession)
      .catch((error: unknown) => {
        if (!leaving.signal.aborted) setOpenError(error instanceof Error ? error : new Error(String(error)));
      });
    return () => leaving.abort();
  }, [address]);

  useEffect(() => {
    document.title = session?.title ? `${session.title} · Edgewise` : 'Edgewise';
  }, [session?.title]);

  const id = session?.id ?? address.id;
  return {
    session,
    openError,
    reconnections,
    startNew: useCallback(() => {
      window.history.pushState(null, '', window.location.pathname);
      setAddress({ id: null });
      setSession(newSession(false));
      setOpenError(null);
    }, []),
    reopen: useCallback(async () => {
      if (id === null) return;
      setSession(await loadSession(id, new AbortController().signal));
      setOpenError(null);
    }, [id]),
    keepInAddress: useCallback(() => {
      if (id !== null && sessionIdOf(window.location.hash) !== id) window.history.replaceState(null, '', `#${id}`);
    }, [id]),
  };
}
