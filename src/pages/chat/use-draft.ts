import { useEffect, useState } from 'react';

export type ChangeDraft = (change: (current: string) => string) => void;

const keyOf = (sessionId: string): string => `edgewise:draft:${sessionId}`;

/** What is typed and not sent, kept for this tab: a reload or a crash does not lose it. */
export function useDraft(sessionId: string): [string, ChangeDraft] {
  const [draft, setDraft] = useState(() => sessionStorage.getItem(keyOf(sessionId)) ?? '');
  useEffect(() => {
    if (draft) sessionStorage.setItem(keyOf(sessionId), draft);
    else sessionStorage.removeItem(keyOf(sessionId));
  }, [draft, sessionId]);
  return [draft, setDraft];
}
