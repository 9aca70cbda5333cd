import { claimTurn, finishTurn, journalReader } from './attach-turn.ts';
import type { TurnPolicy } from './turn-request.ts';
import type { TurnServices } from './turn-services.ts';
import { noViewer } from './viewer.ts';

/** A handful side by side: each is a model call of its own. */
const AT_ONCE = 4;

/** Finishes turns that were left behind: their producer died or their client did not come back. Returns how many; never rejects. */
export async function claimAbandoned(services: TurnServices, policy: TurnPolicy): Promise<number> {
  try {
    const waiting = await services.journal.claimable(AT_ONCE);
    const finished = await Promise.all(waiting.map((turn) => finishOne(services, policy, turn)));
    return finished.filter(Boolean).length;
  } catch (cause) {
    services.log('warn', 'claim_abandoned_failed', {}, cause);
    return 0;
  }
}

async function finishOne(
  services: TurnServices,
  policy: TurnPolicy,
  { sessionId, turnId }: { sessionId: string; turnId: string },
): Promise<boolean> {
  const claim = await claimTurn(services, sessionId, turnId);
  if (claim.kind !== 'claimed') return false;
  const reader = journalReader(services, sessionId, turnId, () => undefined);
  // Cron is its own client: it has minutes, not the seconds that a left request has.
  return finishTurn(services, policy, claim, reader, noViewer(new Promise(() => undefined)));
}
