import { AppError } from '../errors.ts';
import type { StopResult } from '../journal/turn-journal.ts';
import type { LimitIdentities } from '../limits/rate-limits.ts';
import { claimTurn, finishTurn, journalReader } from './attach-turn.ts';
import { beginTurn, startTurn, type Begun, type StartServices, type StartVerdict } from './start-turn.ts';
import { refuseWithoutHeaders } from './refuse-without-headers.ts';
import type { TurnPolicy, TurnRequest } from './turn-request.ts';
import type { TurnServices } from './turn-services.ts';
import { noViewer } from './viewer.ts';

/** How often a message that waits for another turn's end asks again. */
const RETRY_MS = 250;

/**
 * Admits a message as `startTurn` does, and settles what stands in its way: a turn that was left unfinished is ended with what it has, and
 * a turn that runs is waited for (`queue`) or stopped (`interrupt`) when the message asks for that. `busy` otherwise, or when waiting took
 * as long as a turn may take. A session that Redis has forgotten is taken back from the archive.
 */
export async function admitTurn(
  services: TurnServices & StartServices,
  policy: TurnPolicy,
  request: TurnRequest,
  identities: LimitIdentities,
): Promise<StartVerdict> {
  // A session that Redis does not have is not made before the archive was asked for it.
  const asked = services.archive ? { ...request, createSession: undefined } : request;
  const first = await services.meter.measure('begin', () => startTurn(services, asked, identities));
  if (first.kind === 'limited') return first;
  const { decision } = first;
  const deadline = services.clock.now() + policy.totalTimeoutMs;
  let result: Begun = first;
  if (first.kind === 'missing' && (await mayBegin(services, request)))
    result = await beginTurn(services, request, identities);
  let interrupted = false;
  while (result.kind === 'busy' || result.kind === 'unfinished') {
    if (result.kind === 'busy') {
      if (request.onBusy === 'reject' || services.clock.now() >= deadline) break;
      if (request.onBusy === 'interrupt' && !interrupted) {
        interrupted = true;
        await stopWherever(services, policy, request.sessionId, request.owner);
      }
      await new Promise<void>((resolve) => services.clock.after(RETRY_MS, resolve));
    } else {
      await endUnfinished(services, policy, request.sessionId, result.turnId);
    }
    result = await beginTurn(services, request, identities);
  }
  await refuseWithoutHeaders(services, request, result);
  return { ...result, decision };
}

/** Whether there is a session to begin in now, or one may be made. Throws AppError `archive_unavailable` when only the archive could tell. */
async function mayBegin(
  { archive, reopen, log }: TurnServices,
  { sessionId, owner, createSession, continues }: TurnRequest,
): Promise<boolean> {
  if (!archive) return false;
  try {
    return (await reopen(sessionId, owner)) || createSession !== undefined;
  } catch (cause) {
    if (continues || !createSession || !(cause instanceof AppError) || cause.code !== 'archive_unavailable')
      throw cause;
    log('warn', 'session_begun_unseen', {}, cause);
    return true;
  }
}

/** Asks a turn's producer to stop, or ends the turn here when it has none. */
export async function stopWherever(
  services: TurnServices,
  policy: TurnPolicy,
  sessionId: string,
  owner: string,
): Promise<StopResult> {
  const result = await services.journal.stop(sessionId, owner);
  if (result.kind === 'orphaned') await endUnfinished(services, policy, sessionId, result.turnId);
  return result;
}

/** Ends a turn that nobody produces with what its journal holds. */
async function endUnfinished(
  services: TurnServices,
  policy: TurnPolicy,
  sessionId: string,
  turnId: string,
): Promise<void> {
  const claim = await claimTurn(services, sessionId, turnId, true);
  if (claim.kind !== 'claimed') return;
  const reader = journalReader(services, sessionId, turnId, () => undefined);
  await finishTurn(services, policy, claim, reader, noViewer(Promise.resolve()), true);
}
