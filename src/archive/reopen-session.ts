import { ANYBODY, guardOf } from '../memory/session-guard.ts';
import type { LiveSessions } from '../memory/live-sessions.ts';
import type { Archive, ArchivedSession } from './archive.ts';
import type { Outbox } from './outbox.ts';
import { settleSession } from './settle-session.ts';

export interface ReopenServices {
  archive: Archive | null;
  outbox: Outbox;
  live: LiveSessions;
  /** Messages that the memory keeps. */
  keep: number;
}

/**
 * Takes a session that Redis has forgotten back from the archive, with its settings and its last messages. False when there is none that
 * `owner` may use. Of several calls at once one does it, and all are told true.
 */
export async function reopenSession(
  { archive, outbox, live, keep }: ReopenServices,
  sessionId: string,
  owner: string,
): Promise<boolean> {
  if (!archive) return false;
  const found = await findArchived(archive, outbox, sessionId, owner);
  if (!found) return false;
  const messages = await archive.latest(sessionId, keep);
  await live.restore({ ...found, messages });
  return true;
}

/** Null when there is none that `owner` may use: the rule is the same as for a session that Redis has. */
export async function findArchived(
  archive: Archive,
  outbox: Outbox,
  sessionId: string,
  owner: string,
): Promise<ArchivedSession | null> {
  const lastDead = await settleSession(outbox, archive, sessionId);
  const found = await archive.find(sessionId);
  if (!found) return null;
  const guard = guardOf(found.session.owner);
  if (guard !== ANYBODY && guard !== owner) return null;
  // A place that a dead letter holds stays free: it may still be delivered.
  return { ...found, messageCount: Math.max(found.messageCount, lastDead) };
}
