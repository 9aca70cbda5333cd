import { admitTurn } from '../turn/admit-turn.ts';
import { attachTurn } from '../turn/attach-turn.ts';
import { runTurn } from '../turn/run-turn.ts';
import { sessionMissing, turnRunning } from '../turn/start-turn.ts';
import type { TurnRequest } from '../turn/turn-request.ts';
import type { Viewer } from '../turn/viewer.ts';
import { clientIdentities } from './client-identities.ts';
import type { AppContext } from './context.ts';
import { setRateLimitHeaders, tooManyRequests } from './rate-limit-headers.ts';

export interface StartedAnswer {
  turnId: string;
  run(viewer: Viewer): Promise<unknown>;
}

/** Admits a turn of a session, for a door that encodes the answer itself; a response when the rate limit refuses. */
export async function beginAnswer(c: AppContext, request: TurnRequest): Promise<StartedAnswer | Response> {
  const services = c.get('services');
  const { policy } = services;
  const { sessionId } = request;
  // What can be refused is refused before the message is accepted.
  policy.chooseModels(request.options.model);
  const verdict = await admitTurn(services, policy, request, clientIdentities(c));
  if (verdict.kind === 'limited') return tooManyRequests(c, verdict.decision);
  setRateLimitHeaders(c, verdict.decision);
  if (verdict.kind === 'missing') throw sessionMissing(sessionId);
  if (verdict.kind === 'busy' || verdict.kind === 'unfinished') throw turnRunning(verdict.turnId);
  if (verdict.kind === 'begun') {
    return { turnId: verdict.lease.turnId, run: (viewer) => runTurn(services, policy, verdict, viewer) };
  }
  const { turnId } = verdict;
  return { turnId, run: (viewer) => attachTurn(services, policy, { sessionId, turnId, afterSeq: 0 }, viewer) };
}
