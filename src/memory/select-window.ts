import { measureHistory } from './measured-history.ts';
import type { WindowLimits, WindowPlace } from './recollection.ts';
import type { StoredMessage } from './stored-message.ts';

export interface Window {
  /** Oldest first; outputs of tools elided where the place says so. */
  messages: StoredMessage[];
  place: WindowPlace;
}

/** The newest turns, whose outputs stay as they are while anything else can give way. */
const FRESH_TURNS = 2;

/**
 * The newest whole turns within the limits, from the kept place on. A turn is a user's message and everything until the next one; half a
 * turn, and so a tool call without its result, never gets in. Where too many tokens are left, outputs of tools are elided first, and the
 * oldest turns dropped then. A window that has to move gets down to `roomy`, so that it stays where it is for a while.
 */
export function selectWindow(
  history: readonly StoredMessage[],
  limits: WindowLimits,
  kept: WindowPlace | null,
  roomy: WindowLimits = limits,
): Window {
  const measured = measureHistory(history);
  const { starts, end } = measured;
  const found = (place: WindowPlace) => ({ messages: measured.cut(place), place });
  const elidedBefore = kept?.elidedBefore ?? 0;
  const from = starts.find((position) => position >= (kept?.from ?? 0)) ?? end;
  if (measured.fits({ from, elidedBefore }, limits)) return found({ from, elidedBefore });

  const isFew = (start: number, most: number) =>
    measured.fits({ from: start, elidedBefore }, { messages: most, tokens: Infinity });
  const least = isFew(from, limits.messages)
    ? from
    : (starts.find((start) => start > from && isFew(start, roomy.messages)) ?? end);
  if (least !== from && measured.fits({ from: least, elidedBefore }, roomy))
    return found({ from: least, elidedBefore });

  const fresh = Math.max(elidedBefore, starts.at(-FRESH_TURNS) ?? end);
  const older = starts
    .filter((start) => start >= least && start <= fresh)
    .map((start) => ({ from: start, elidedBefore: fresh }));
  const newest = starts.filter((start) => start >= fresh).map((start) => ({ from: start, elidedBefore: end }));
  const place = [...older, ...newest].find((candidate) => measured.fits(candidate, roomy));
  return found(place ?? { from: end, elidedBefore: end });
}
