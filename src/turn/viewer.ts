import type { JournalChunk } from '../journal/turn-journal.ts';

/** Whoever watches a turn live. It must never hold the turn up: `write` queues or drops, and returns. */
export interface Viewer {
  write(entry: JournalChunk): void;
  /** Ends the stream properly; resolves when the client has it all or is gone. Never rejects. */
  close(): Promise<void>;
}

/** For a turn that nobody watches live. */
export const noViewer: Viewer = { write: () => undefined, close: () => Promise.resolve() };
