import type { HeldTurn } from '../journal/turn-journal.ts';
import type { TurnResult } from './run-turn.ts';
import { failureOf } from './turn-failure.ts';
import type { TurnPump } from './turn-pump.ts';
import type { TurnServices } from './turn-services.ts';
import type { Viewer } from './viewer.ts';

/** Writes down what there is and lets the turn go. False when somebody else has it already, or Redis cannot be reached: the lease will lapse. */
export async function suspendTurn(services: TurnServices, { lease }: HeldTurn, pump: TurnPump): Promise<boolean> {
  try {
    const { held } = await services.journal.suspend(lease, await pump.close());
    return held;
  } catch (cause) {
    services.log('warn', 'turn_suspend_failed', { turn_id: lease.turnId }, cause);
    return false;
  }
}

/** Closes what a producer holds that does not end the turn. */
export async function leaveTurn(
  turnId: string,
  status: 'suspended' | 'lost',
  pump: TurnPump,
  viewer: Viewer,
): Promise<TurnResult> {
  await pump.close();
  const failure = failureOf('memory_unavailable');
  if (status === 'lost')
    viewer.write({ seq: pump.log.lastSeq + 1, chunk: { type: 'error', errorText: failure.message } });
  await viewer.close();
  return { turnId, status, message: null, failure: status === 'lost' ? failure : undefined };
}
