import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { ListPlace } from '../memory/page-of-sessions.ts';
import { sessionSchema, type Session } from '../memory/session.ts';
import { storedMessageSchema, type StoredMessage } from '../memory/stored-message.ts';

/** What becomes of the archived messages of a session that its owner deletes (HISTORY_ON_DELETE). */
export const ON_DELETE = ['keep', 'anonymise', 'erase'] as const;
export type OnDelete = (typeof ON_DELETE)[number];

/** What the outbox carries to the archive. Writing an entry twice changes nothing. */
export const archiveEntrySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('message'), session: sessionSchema, message: storedMessageSchema }),
  /** The settings of a session have changed. */
  z.object({ kind: z.literal('session'), session: sessionSchema }),
  z.object({
    kind: z.literal('session-deleted'),
    sessionId: z.string(),
    deletedAt: z.number(),
    onDelete: z.enum(ON_DELETE).default('erase'),
  }),
]);
export type ArchiveEntry = z.infer<typeof archiveEntrySchema>;

/** The archive can be reached, and does not take what it is given. */
export class ArchiveRefusal extends AppError {
  /** For whoever runs the deployment; holds nothing of what was said. */
  readonly reason: string;

  constructor(reason: string, cause: unknown) {
    super('archive_unavailable', 'The archive does not take this.', { cause });
    this.reason = reason;
  }
}

export interface ArchivedSession {
  session: Session;
  /** Milliseconds since the epoch. */
  lastActivity: number;
  /** The position of the last message. */
  messageCount: number;
}

export interface FoundMessage {
  sessionId: string;
  title: string | null;
  message: StoredMessage;
}

export interface MessageSearch {
  /** Normalised words, which a message must all hold; of the last one its beginning is enough. */
  words: readonly string[];
  limit: number;
  /** Found below this message. */
  before: { time: number; sessionId: string; position: number } | null;
}

/**
 * Every method rejects with AppError `archive_unavailable` (`memory_unavailable` where Redis is the archive) when the store cannot be
 * reached, and with ArchiveRefusal when it is there and refuses. A deleted session is not found.
 */
export interface Archive {
  /**
   * Writes the entries in order. They may be delivered twice and in any order relative to other calls, and a call that was rejected may be
   * repeated: a message is there once, the newest settings win, and nothing comes back of a session that was erased.
   */
  write(entries: readonly ArchiveEntry[]): Promise<void>;
  find(id: string): Promise<ArchivedSession | null>;
  /** The messages after a position, oldest first. */
  messages(id: string, range: { after: number; limit: number }): Promise<StoredMessage[]>;
  /** The last messages, oldest first. */
  latest(id: string, limit: number): Promise<StoredMessage[]>;
  /** An owner's sessions, newest activity first. */
  list(owner: string, page: { limit: number; before: ListPlace | null }): Promise<ArchivedSession[]>;
  /** Messages of an owner's sessions, newest first. May find fewer than there are and say where to go on. */
  search(owner: string, search: MessageSearch): Promise<{ found: FoundMessage[]; next: MessageSearch['before'] }>;
  /** Removes up to `limit` sessions, with their messages, that have rested since before `time`. Returns how many. */
  prune(time: number, limit: number): Promise<number>;
}
