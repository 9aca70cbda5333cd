import type { ArchiveEntry } from '../archive/archive.ts';
import type { HeldTurn } from '../journal/turn-journal.ts';
import type { SavedTurn } from './end-turn.ts';
import type { TurnServices } from './turn-services.ts';

/** Brings an ended turn to the archive. Never rejects: what fails stays in the outbox, and cron delivers it. */
export async function archiveTurn(
  { archive, outbox, log }: TurnServices,
  { session, userMessage, outboxId, lease }: HeldTurn,
  ended: SavedTurn,
): Promise<void> {
  if (!archive) return;
  const messages = ended.message ? [userMessage, ended.message] : [userMessage];
  try {
    await archive.write(messages.map((message): ArchiveEntry => ({ kind: 'message', session, message })));
    await outbox.remove([outboxId, ended.outboxId].filter((id) => id !== null));
  } catch (cause) {
    log('warn', 'archive_delayed', { turn_id: lease.turnId }, cause);
  }
}
