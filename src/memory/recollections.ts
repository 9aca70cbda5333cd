import type { Recollection } from './recollection.ts';
import type { StoredMessage } from './stored-message.ts';

/**
 * The recollections of sessions, each changed by one isolate at a time. Methods reject with AppError `memory_unavailable` when Redis cannot
 * be reached.
 */
export interface Recollections {
  /**
   * Begins a change of the recollection that `revision` stands for (0: there is none), and keeps others from it until `until` (ms since the
   * epoch). Answers with the messages in memory, oldest first; null when somebody else is at it, or it has changed.
   */
  open(sessionId: string, revision: number, until: number): Promise<StoredMessage[] | null>;
  /** False when another change came first: this one is void. */
  keep(sessionId: string, recollection: Recollection): Promise<boolean>;
}
