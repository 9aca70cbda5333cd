import { callerOf } from '../auth/caller.ts';
import { budgetExceeded } from '../budgets/budget-exceeded.ts';
import type { BudgetPolicy } from '../budgets/budget-policy.ts';
import { AppError } from '../errors.ts';
import type { BeginResult, TurnJournal } from '../journal/turn-journal.ts';
import type { LimitDecision, LimitIdentities, RateLimits } from '../limits/rate-limits.ts';
import type { ToolHub } from '../tools/tool-hub.ts';
import { turnBudget } from './turn-budget.ts';
import type { TurnRequest } from './turn-request.ts';

/** `crowded` and `overspent` are refusals. */
export type Begun = Exclude<BeginResult, { kind: 'crowded' | 'overspent' }>;
export type StartVerdict = { decision: LimitDecision } & (Begun | { kind: 'limited' });

export interface StartServices {
  journal: TurnJournal;
  limits: RateLimits;
  tools: ToolHub;
  budgets: BudgetPolicy;
  clock: { now(): number };
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
  // Both calls are made in the same tick: the Redis client sends them as one request.
  const [decision, result] = await Promise.all([
    services.limits.take(identities),
    beginTurn(services, request, identities),
  ]);
  if (decision.allowed) return { ...result, decision };
  if (result.kind === 'begun') await services.journal.cancel(result, request.idempotencyKey);
  return { kind: 'limited', decision };
}

/**
 * Begins the turn without asking the limiter: for a message that has paid already and had to wait. Throws AppError `too_many_turns` when its
 * caller has as many running turns as it may, and `budget_exceeded` when one of its budgets does not cover the turn.
 */
export async function beginTurn(
  services: StartServices,
  request: TurnRequest,
  { turns, account }: Pick<LimitIdentities, 'turns' | 'account'>,
): Promise<Begun> {
  const { sessionId, owner, message, idempotencyKey, createSession, door, detached, options } = request;
  const budget = account && turnBudget(services, account, request);
  const turnId = `turn_${services.newId()}`;
  const result = await services.journal.begin({
    sessionId,
    turnId,
    owner,
    message: {
      v: 1,
      id: message.id,
      turn_id: turnId,
      status: 'complete',
      model: null,
      usage: null,
      created_at: new Date(services.clock.now()).toISOString(),
      message,
    },
    idempotencyKey,
    options,
    createSession,
    door,
    detached,
    holder: turns,
    budget,
    alongside: services.tools.turnKeys(callerOf(owner), sessionId),
  });
  if (result.kind === 'overspent') {
    const { refused, needed, standing } = result;
    throw budgetExceeded(budget?.charge, refused, needed, standing, services.clock.now());
  }
  if (result.kind !== 'crowded') return result;
  const maximum = turns?.most;
  throw new AppError('too_many_turns', 'Too many of your messages are being answered at once. Wait for one to end.', {
    details: { maximum },
  });
}

export function sessionMissing(sessionId: string): AppError {
  return new AppError('session_not_found', `Session \`${sessionId}\` was not found`);
}

export function turnRunning(turnId: string): AppError {
  return new AppError('turn_running', 'This session is still answering an earlier message.', {
    details: { turn_id: turnId },
  });
}
