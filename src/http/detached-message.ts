import { z } from 'zod';
import { claimTurn, finishTurn, journalReader } from '../turn/attach-turn.ts';
import { admitTurn } from '../turn/admit-turn.ts';
import { sessionMissing, turnRunning } from '../turn/start-turn.ts';
import { noViewer } from '../turn/viewer.ts';
import { clientIdentities } from './client-identities.ts';
import type { AppContext } from './context.ts';
import { CONTENT_MAX_CHARACTERS, textMessage } from './message-input.ts';
import { idempotencyKey } from './idempotency-key.ts';
import { parseBody } from './parse-body.ts';
import { setRateLimitHeaders, tooManyRequests } from './rate-limit-headers.ts';
import { idOf } from './sessions.ts';

/** How long the turn waits for a reader before this request produces it itself. */
const READER_GRACE_MS = 1_500;

export const detachedMessageSchema = z.object({ message: z.string().trim().min(1).max(CONTENT_MAX_CHARACTERS) });

/** `POST /sessions/{id}/message` (seed 000): takes the message and answers at once; the answer comes on the session's stream. */
export async function sendDetached(c: AppContext): Promise<Response> {
  const services = c.get('services');
  const { policy, clock } = services;
  const sessionId = idOf(c);
  const { message } = await parseBody(c, detachedMessageSchema);
  policy.chooseModels(undefined);
  const request = {
    sessionId,
    owner: c.get('caller').owner,
    message: textMessage(`msg_${services.newId()}`, message, 'user'),
    idempotencyKey: idempotencyKey(c),
    createSession: undefined,
    continues: true,
    door: 'metis',
    detached: true,
    onBusy: 'reject' as const,
    options: { settings: {} },
  };
  const verdict = await admitTurn(services, policy, request, clientIdentities(c));
  if (verdict.kind === 'limited') return tooManyRequests(c, verdict.decision);
  setRateLimitHeaders(c, verdict.decision);
  if (verdict.kind === 'missing') throw sessionMissing(sessionId);
  if (verdict.kind === 'busy' || verdict.kind === 'unfinished') throw turnRunning(verdict.turnId);
  const turnId = verdict.kind === 'replay' ? verdict.turnId : verdict.lease.turnId;

  const produceUnlessRead = async () => {
    await new Promise<void>((resolve) => clock.after(READER_GRACE_MS, resolve));
    const claim = await claimTurn(services, sessionId, turnId);
    if (claim.kind !== 'claimed') return;
    const reader = journalReader(services, sessionId, turnId, () => undefined);
    await finishTurn(services, policy, claim, reader, noViewer(Promise.resolve()));
  };
  if (verdict.kind === 'begun') services.waitUntil(produceUnlessRead());
  return c.json({ success: true, message: 'Message received, connect to SSE stream for response', turn_id: turnId });
}
