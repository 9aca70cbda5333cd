import type { UIMessageChunk } from 'ai';

export type TurnEnding = { kind: 'complete' } | { kind: 'stopped' } | { kind: 'failed'; message: string };

export interface EndingWatch {
  note(chunk: UIMessageChunk): void;
  /** How the turn ended, once no chunk follows. */
  ending(): TurnEnding;
}

/**
 * Formats whose last line says how a turn ended write that line when the body is closed: an answer that could not be saved says so after
 * its `finish`, and by the time the body is closed the session takes the next message.
 */
export function watchEnding(): EndingWatch {
  let ended: TurnEnding | null = null;
  return {
    note(chunk) {
      if (ended?.kind === 'failed') return;
      if (chunk.type === 'error') ended = { kind: 'failed', message: chunk.errorText };
      if (chunk.type === 'abort') ended = { kind: 'stopped' };
      if (chunk.type === 'finish') ended = { kind: 'complete' };
    },
    ending: () => ended ?? { kind: 'failed', message: 'The stream broke off before the answer was complete.' },
  };
}
