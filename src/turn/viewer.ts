import type { JournalChunk } from '../journal/turn-journal.ts';

/** Whoever watches a turn live. It must never hold the turn up: `write` queues or drops, and returns. */
export interface Viewer {
  write(entry: JournalChunk): void;
  /**
   * Shows chunks that are written already; those up to `afterSeq` the client has seen. Waits for a client that is slow; resolves when it has
   * room for more, or is gone. A producer never waits.
   */
  replay(entries: readonly JournalChunk[], afterSeq: number): Promise<void>;
  /** Ends the stream properly; resolves when the client has it all or is gone. Never rejects. */
  close(): Promise<void>;
  /** Resolves when the client has left before the end; stays pending otherwise. */
  departed: Promise<void>;
}

/** For a turn that nobody watches live. `departed` tells when its own client leaves; it is resolved from the start where there is none. */
export function noViewer(departed: Promise<void>): Viewer {
  return { write: () => undefined, replay: () => Promise.resolve(), close: () => Promise.resolve(), departed };
}
