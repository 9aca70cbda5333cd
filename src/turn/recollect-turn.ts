import type { HeldTurn } from '../journal/turn-journal.ts';
import { leavingMessages, planMove } from '../memory/plan-recollection.ts';
import type { Recollection, Summary, WindowPlace } from '../memory/recollection.ts';
import type { StoredMessage } from '../memory/stored-message.ts';
import { writeTranscript } from '../memory/write-transcript.ts';
import type { SavedTurn } from './end-turn.ts';
import type { SessionMemories } from './session-memories.ts';
import type { TurnPolicy } from './turn-request.ts';
import type { TurnServices } from './turn-services.ts';
import { limitsOf } from './limits-of.ts';

/** One isolate at a time writes a summary; after a failure the next try waits as long. */
const OPEN_MS = 60_000;

/**
 * Moves the window of a session whose next turn would fill it, and has a summary written of what leaves it. Nobody waits for it, and it never
 * rejects: when it fails, window and summary stay as they were, and a later turn tries again.
 */
export async function recollectTurn(
  { memories, clock, log }: TurnServices,
  policy: TurnPolicy,
  { session, history, userMessage, recollection, options, lease }: HeldTurn,
  { message }: SavedTurn,
): Promise<void> {
  if (!memories || !message || options.memoryLimit !== undefined || options.memoryTokens !== undefined) return;
  const limits = limitsOf(policy, session, options);
  const place = planMove([...history, userMessage, message], limits, recollection, memories.summarise !== null);
  if (!place) return;
  try {
    const summary = await writeSummary(memories, session.id, recollection, place, message, clock.now());
    if (summary === 'later') return;
    const revision = (recollection?.revision ?? 0) + 1;
    await memories.keep(session.id, { v: 1, revision, limits, place, summary });
  } catch (cause) {
    log('warn', 'recollection_failed', { turn_id: lease.turnId }, cause);
  }
}

/** `later`: somebody else is at it, or the model has failed. */
async function writeSummary(
  { summarise, open }: SessionMemories,
  sessionId: string,
  recollection: Recollection | null,
  { from }: WindowPlace,
  answer: StoredMessage,
  now: number,
): Promise<Summary | null | 'later'> {
  const earlier = recollection?.summary ?? null;
  if (!summarise) return earlier;
  const messages = await open(sessionId, recollection?.revision ?? 0, now + OPEN_MS);
  if (!messages) return 'later';
  const leaving = leavingMessages(messages, recollection, from);
  const last = leaving.at(-1);
  if (!last) return earlier;
  const written = await summarise({
    earlier: earlier?.text ?? null,
    transcript: writeTranscript(leaving),
    answeredBy: answer.model ?? '',
  });
  return written ? { ...written, messageId: last.id, upTo: last.position, createdAt: now } : 'later';
}
