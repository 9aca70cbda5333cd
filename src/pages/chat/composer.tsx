import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { SendIcon, StopIcon } from './icons.tsx';
import type { Conversation } from './use-conversation.ts';

const MAX_ROWS = 9;

type ComposerProps = Pick<Conversation, 'draft' | 'progress' | 'setDraft' | 'send' | 'stop'>;

export function Composer({ draft, progress, setDraft, send, stop }: ComposerProps): ReactNode {
  const field = useRef<HTMLTextAreaElement>(null);
  const busy = progress !== 'idle';

  useEffect(() => {
    field.current?.focus();
  }, []);

  function onKeyDown(event: KeyboardEvent): void {
    // Enter also accepts a candidate of an input method, and must not send then; Safari tells by the key code only.
    const composing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key === 'Enter' && !event.shiftKey && !composing) {
      event.preventDefault();
      send(draft);
    }
  }

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send(draft);
      }}
    >
      <textarea
        ref={field}
        dir="auto"
        rows={Math.min(draft.split('\n').length, MAX_ROWS)}
        value={draft}
        placeholder="Message Edgewise"
        aria-label="Message"
        aria-describedby="composer-hint"
        enterKeyHint="send"
        onChange={(event) => setDraft(() => event.target.value)}
        onKeyDown={onKeyDown}
      />
      {busy ? (
        <button
          type="button"
          className="round-button"
          aria-label={progress === 'stopping' ? 'Stopping' : 'Stop'}
          title="Stop"
          disabled={progress === 'stopping'}
          onClick={() => {
            stop();
            field.current?.focus();
          }}
        >
          <StopIcon />
        </button>
      ) : (
        <button type="submit" className="round-button primary" aria-label="Send" title="Send" disabled={!draft.trim()}>
          <SendIcon />
        </button>
      )}
      <p id="composer-hint" className="composer-hint">
        <kbd>Enter</kbd> sends, <kbd>Shift</kbd> + <kbd>Enter</kbd> starts a new line
      </p>
    </form>
  );
}
