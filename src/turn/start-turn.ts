import { AppError } from '../errors.ts';
import type { BeginResult, TurnJournal } from '../journal/turn-journal.ts';
import type { LimitDecision, LimitIdentities, RateLimits } from '../limits/rate-limits.ts';
import type { ToolHub } from '../tools/tool-hub.ts';
import type { TurnRequest } from './turn-request.ts';

export type BegunTurn = Extract<BeginResult, { kind: 'begun' }>;

export type StartVerdict =
  | Exclude<BeginResult, BegunTurn>
  | { kind: 'limited'; decision: LimitDecision }
  | { kind: 'begun'; begun: BegunTurn; decision: LimitDecision };

export interface StartServices {
  journal: TurnJournal;
  limits: RateLimits;
  tools: ToolHub;
  now(): number;
  newId(): string;
}

/**
 * Admits a message: takes the rate limiter's tokens and begins the turn in one round trip to Redis. From `begun` on the message is
 * stored, and the caller owes the turn a `runTurn`.
 */
export async function startTurn(
  services: StartServices,
  request: TurnRequest,
  identities: LimitIdentities,
): Promise<StartVerdict> {
  const turnId = `turn_${services.newId()}`;
  const owner = request.owner;
  // Both calls are made in the same tick: the Redis client sends them as one request.
  const [decision, result] = await Promise.all([
    services.limits.take(identities),
    services.journal.begin({
      sessionId: request.sessionId,
      turnId,
      owner,
      message: {
        v: 1,
        id: request.message.id,
        turn_id: turnId,
        status: 'complete',
        model: null,
        usage: null,
        created_at: new Date(services.now()).toISOString(),
        message: request.message,
      },
      idempotencyKey: request.idempotencyKey,
      memoryLimit: request.memoryLimit,
      createSession: request.createSession,
      door: request.door,
      alongside: services.tools.catalogueKeys({ kind: 'anonymous', owner }),
    }),
  ]);
  if (result.kind !== 'begun') return decision.allowed ? result : { kind: 'limited', decision };
  if (decision.allowed) return { kind: 'begun', begun: result, decision };
  await services.journal.cancel(result, request.idempotencyKey);
  return { kind: 'limited', decision };
}

/** The refusals of `startTurn` that look the same through every door. */
export function refusal(verdict: { kind: 'missing' } | { kind: 'busy'; turnId: string }, sessionId: string): AppError {
  if (verdict.kind === 'missing') return new AppError('session_not_found', `Session \`${sessionId}\` was not found`);
  return new AppError('turn_running', 'This session is still answering an earlier message.', {
    details: { turn_id: verdict.turnId },
  });
}
