import type { Recollection, WindowLimits, WindowPlace } from './recollection.ts';
import { selectWindow } from './select-window.ts';
import type { StoredMessage } from './stored-message.ts';

/** Windows of fewer messages move with every turn, and nothing is written down for them: who asks for so few wants the rest forgotten. */
const FEWEST_MESSAGES = 8;
/** A question and its answer: the window moves before the next turn would push something out. */
const ROOM_MESSAGES = 2;
const FULL = 0.9;
/** What is left in a window that has moved: half where a summary stands for the rest, more where nothing does. */
const LEFT = { summarised: 0.5, dropped: 0.75 };

/** The place that a session has, if it was found under these limits. */
export function placeUnder(recollection: Recollection | null, limits: WindowLimits): WindowPlace | null {
  if (!recollection) return null;
  const { messages, tokens } = recollection.limits;
  return messages === limits.messages && tokens === limits.tokens ? recollection.place : null;
}

/**
 * Where the window should begin from the next turn on, so that the provider's prompt cache serves the turns after it; null when it can stay.
 * `history` ends with the turn that was just answered.
 */
export function planMove(
  history: readonly StoredMessage[],
  limits: WindowLimits,
  recollection: Recollection | null,
  summarised: boolean,
): WindowPlace | null {
  if (limits.messages < FEWEST_MESSAGES) return null;
  const oldest = history.find(({ message }) => message.role === 'user')?.position ?? 0;
  const kept = placeUnder(recollection, limits) ?? { from: oldest, elidedBefore: 0 };
  const part = summarised ? LEFT.summarised : LEFT.dropped;
  const { place } = selectWindow(
    history,
    { messages: limits.messages - ROOM_MESSAGES, tokens: limits.tokens * FULL },
    kept,
    { messages: Math.floor(limits.messages * part), tokens: limits.tokens * part },
  );
  return place.from > kept.from || place.elidedBefore > kept.elidedBefore ? place : null;
}

/** The messages that leave the window when it begins at `from`, and that no summary covers yet. */
export function leavingMessages(
  history: readonly StoredMessage[],
  recollection: Recollection | null,
  from: number,
): StoredMessage[] {
  const covered = recollection?.summary?.upTo ?? 0;
  return history.filter(({ position }) => position > covered && position < from);
}
