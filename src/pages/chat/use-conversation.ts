import { useChat } from '@ai-sdk/react';
import type { UIMessage } from 'ai';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { createChatTransport } from './chat-transport.ts';
import { describeFailure, type Failure } from './describe-failure.ts';
import { isAllAnswered } from './is-all-answered.ts';
import { readLockedServer, type LockedServer } from './login-view.ts';
import type { PersonAnswers } from './person-answers.ts';
import { stopTurn } from './stop-turn.ts';
import { useDraft, type ChangeDraft } from './use-draft.ts';
import type { SessionOnPage, ShownSession } from './use-session.ts';

/** A stopped turn ends its stream by itself, with the answer as it was kept; after this long the page stops listening. */
const STOP_GRACE_MS = 2000;
const RENDER_EVERY_MS = 40;

export type Progress = 'idle' | 'waiting' | 'answering' | 'stopping';

export interface Conversation {
  messages: UIMessage[];
  /** For what an answer asks the person. */
  person: PersonAnswers;
  progress: Progress;
  failure: Failure | null;
  /** Tool servers that the latest turn went on without. */
  locked: readonly LockedServer[];
  draft: string;
  /** How answers ended that this page saw end early, by message id. */
  endings: ReadonlyMap<string, 'stopped' | 'failed'>;
  setDraft: ChangeDraft;
  send(text: string): void;
  stop(): void;
  /** Does what the failure suggests. */
  recover(): void;
}

function textOf(message: UIMessage): string {
  return message.parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

function describeRecoveryFailure(error: unknown): Failure {
  const request = { purpose: 'resume', accepted: false, requestId: null } as const;
  return describeFailure(error instanceof Error ? error : new Error(String(error)), request);
}

export function useConversation(
  session: ShownSession,
  page: Pick<SessionOnPage, 'keepInAddress' | 'reconnections' | 'reopen'>,
): Conversation {
  const [draft, setDraft] = useDraft(session.id);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [locked, setLocked] = useState<Conversation['locked']>([]);
  const [stopping, setStopping] = useState(false);
  const [endings, setEndings] = useState<Conversation['endings']>(new Map());
  const returned = useRef<UIMessage | null>(null);
  const { keepInAddress, reconnections, reopen } = page;
  const { transport, lastRequest } = useMemo(() => createChatTransport(keepInAddress), [keepInAddress]);

  const chat = useChat({
    id: session.id,
    messages: session.messages,
    transport,
    resume: session.active,
    throttle: RENDER_EVERY_MS,
    sendAutomaticallyWhen: ({ messages }) => isAllAnswered(messages.at(-1)),
    onData: (part) => {
      const server = readLockedServer(part);
      if (server) setLocked((known) => [...known.filter((other) => other.server !== server.server), server]);
    },
    onError: (error) => {
      const described = describeFailure(error, lastRequest());
      if (described.place === 'composer') takeBack();
      setFailure(described);
    },
    onFinish: ({ message, isError, isDisconnect }) => {
      if (!isError) reconnections.reset();
      const ending = stopping ? 'stopped' : isError && !isDisconnect ? 'failed' : null;
      if (ending) setEndings((known) => new Map(known).set(message.id, ending));
    },
  });
  const busy = chat.status === 'submitted' || chat.status === 'streaming';
  if (stopping && !busy) setStopping(false);

  /** A message that was not taken goes back to where it can be edited and sent again. */
  function takeBack(): void {
    chat.setMessages((messages) => {
      const last = messages.at(-1);
      if (last?.role !== 'user') return messages;
      returned.current = last;
      setDraft((current) => [textOf(last), current].filter(Boolean).join('\n\n'));
      return messages.slice(0, -1);
    });
  }

  function send(text: string): void {
    if (busy || !text.trim()) return;
    // Sent again unchanged it keeps its id: when only the reply was lost, the server can tell that it has the message.
    const again = returned.current && textOf(returned.current) === text ? returned.current.id : undefined;
    returned.current = null;
    setFailure(null);
    setLocked([]);
    setDraft((current) => (current === text ? '' : current));
    void chat.sendMessage({ ...(again && { id: again }), role: 'user', parts: [{ type: 'text', text }] });
  }

  /** The question is sent anew: the broken answer stays where it is, as a part of what happened. */
  function askAgain(): void {
    const question = chat.messages.findLast(({ role }) => role === 'user');
    if (question) send(textOf(question));
  }

  async function stopAndSend(text: string): Promise<void> {
    setFailure(null);
    await stopTurn(session.id);
    await chat.resumeStream();
    send(text);
  }

  function stop(): void {
    if (!busy || stopping) return;
    setStopping(true);
    stopTurn(session.id).catch(() => chat.stop());
  }

  const { stop: leaveStream } = chat;
  useEffect(() => {
    if (!stopping) return undefined;
    const timer = setTimeout(() => void leaveStream(), STOP_GRACE_MS);
    return () => clearTimeout(timer);
  }, [stopping, leaveStream]);

  const report = useCallback((error: unknown) => setFailure(describeRecoveryFailure(error)), []);

  const disconnected = failure?.action === 'reconnect' ? failure : null;
  useEffect(() => {
    if (!disconnected) return undefined;
    const reconnect = (): void => void reopen().catch(report);
    const delayMs = reconnections.next();
    const timer = delayMs === null ? undefined : setTimeout(reconnect, delayMs);
    window.addEventListener('online', reconnect);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', reconnect);
    };
  }, [disconnected, reconnections, reopen, report]);

  function recover(): void {
    switch (failure?.action ?? null) {
      case 'send-again':
        send(draft);
        break;
      case 'stop-and-send':
        stopAndSend(draft).catch(report);
        break;
      case 'ask-again':
        askAgain();
        break;
      case 'reconnect':
        reopen().catch(report);
        break;
      case null:
        break;
    }
  }

  const { addToolApprovalResponse, sendMessage } = chat;
  const person = useMemo(
    (): PersonAnswers => ({
      busy,
      allow: (id, approved) => void addToolApprovalResponse({ id, approved }),
      // Without a message of its own: it goes on with the answer that it belongs to.
      tell: (answer) => void sendMessage(undefined, { body: { elicitations: [answer] } }),
    }),
    [busy, addToolApprovalResponse, sendMessage],
  );

  const answering = chat.status === 'streaming' ? 'answering' : 'waiting';
  return {
    messages: chat.messages,
    person,
    progress: busy ? (stopping ? 'stopping' : answering) : 'idle',
    failure,
    locked,
    draft,
    endings,
    setDraft,
    send,
    stop,
    recover,
  };
}
