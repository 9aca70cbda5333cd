import { z } from 'zod';
import { sessionSchema } from '../memory/session.ts';
import { storedMessageSchema } from '../memory/stored-message.ts';

/** What the outbox carries to the archive. Writing an entry twice changes nothing. */
export const archiveEntrySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('message'), session: sessionSchema, message: storedMessageSchema }),
  z.object({ kind: z.literal('session-deleted'), sessionId: z.string(), deletedAt: z.number() }),
]);
export type ArchiveEntry = z.infer<typeof archiveEntrySchema>;

export interface Archive {
  /**
   * Writes all entries in one transaction, in order. Rows are idempotent by id: an entry may be delivered twice and in any order relative
   * to other calls; nothing is written for a session that was deleted. Rejects when the database cannot be reached or refuses.
   */
  write(entries: readonly ArchiveEntry[]): Promise<void>;
}
