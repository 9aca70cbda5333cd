import { useEffect, useState, type ReactNode } from 'react';
import type { Failure, FailureAction } from './describe-failure.ts';

const LABELS: Record<FailureAction, string> = {
  'send-again': 'Send again',
  'stop-and-send': 'Stop it and send',
  'ask-again': 'Ask again',
  reconnect: 'Reconnect',
};

function useCountdown(seconds: number): number {
  const [endsAt] = useState(() => Date.now() + seconds * 1000);
  const [left, setLeft] = useState(seconds);
  const over = left <= 0;
  useEffect(() => {
    if (over) return undefined;
    const timer = setInterval(() => setLeft(Math.ceil((endsAt - Date.now()) / 1000)), 250);
    return () => clearInterval(timer);
  }, [over, endsAt]);
  return Math.max(left, 0);
}

/** The countdown starts when the notice appears; every new attempt takes the notice away first. */
export function FailureNotice({ failure, onAction }: { failure: Failure; onAction: () => void }): ReactNode {
  const waitSeconds = useCountdown(failure.waitSeconds);
  return (
    <div className="notice" role="alert">
      <p className="notice-sentence" dir="auto">
        {failure.sentence}
        {failure.waitSeconds > 0 &&
          (waitSeconds > 0
            ? ` Wait ${waitSeconds} ${waitSeconds === 1 ? 'second' : 'seconds'}.`
            : ' You can go on now.')}
      </p>
      {failure.action && (
        <button type="button" className="button" disabled={waitSeconds > 0} onClick={onAction}>
          {LABELS[failure.action]}
        </button>
      )}
      {failure.requestId && (
        <p className="notice-request">
          Request <code>{failure.requestId}</code>
        </p>
      )}
    </div>
  );
}
