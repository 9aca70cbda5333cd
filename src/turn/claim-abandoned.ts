import { claimTurn, finishTurn, journalReader } from './attach-turn.ts';
import type { TurnPolicy } from './turn-request.ts';
import type { TurnServices } from './turn-services.ts';
import { noViewer } from './viewer.ts';

/** A handful side by side: each is a model call of its own. */
const AT_ONCE = 4;
/** Cron comes every minute: what is left then is the next one's. */
const WORK_MS = 50_000;

/** Finishes turns that were left behind: their producer died or their client did not come back. Returns how many; never rejects. */
export async function claimAbandoned(services: TurnServices, policy: TurnPolicy): Promise<number> {
  const deadline = services.clock.now() + WORK_MS;
  let finished = 0;
  try {
    for (;;) {
      const waiting = await services.journal.claimable(AT_ONCE);
      const results = await Promise.allSettled(waiting.map((turn) => finishOne(services, policy, turn)));
      for (const result of results) {
        if (result.status === 'rejected') services.log('warn', 'claim_failed', {}, result.reason);
        else if (result.value) finished += 1;
      }
      if (waiting.length < AT_ONCE || services.clock.now() > deadline) return finished;
    }
  } catch (cause) {
    services.log('warn', 'claim_abandoned_failed', {}, cause);
    return finished;
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
