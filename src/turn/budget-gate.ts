import type { Amount } from '../budgets/budget.ts';
import { costOfUsage } from '../budgets/cost-of-usage.ts';
import type { HeldTurn, TurnLease } from '../journal/turn-journal.ts';
import type { TokenUsage } from './turn-runner.ts';
import type { TurnServices } from './turn-services.ts';

/** Keeps a turn within what it has reserved of its budgets, and reserves more where its steps need it. */
export interface BudgetGate {
  /** False when the budgets do not cover another model call. Rejects with AppError `memory_unavailable`. */
  covers(soFar: TokenUsage | undefined, next?: { inputTokens: number }): Promise<boolean>;
  /** It was false. */
  readonly refused: boolean;
}

/** The name under which a turn's reservation stands: that of the begin script for turns of sessions. */
function holderOf({ sessionId, turnId }: TurnLease): string {
  return sessionId === turnId ? turnId : `${sessionId} ${turnId}`;
}

/** The first call is covered by what the begin has reserved, unless the turn was taken over. */
export function budgetGate(
  { budgets, ledger }: TurnServices,
  { budget, lease, options, session }: HeldTurn,
): BudgetGate {
  let covered: Amount = budget?.alive ? budget.reserved : { tokens: 0, micro: 0 };
  let refused = false;
  const prices = budgets.reservePrices();
  const price = prices[options.model ?? session.model ?? ''] ?? null;

  /** What was used, and one more call of that size; the begin's measure where no size is known. */
  function needed(first: Amount, soFar: TokenUsage | undefined, next: { inputTokens: number } | undefined): Amount {
    const outputTokens = options.settings.maxOutputTokens ?? budgets.outputTokens;
    const used = soFar ?? { inputTokens: 0, outputTokens: 0, totalTokens: 0 };
    const call = next && { inputTokens: next.inputTokens, outputTokens };
    return {
      tokens: used.totalTokens + (call ? call.inputTokens + outputTokens : first.tokens),
      micro: (costOfUsage(price, used) ?? 0) + (call ? (costOfUsage(price, call) ?? 0) : first.micro),
    };
  }

  return {
    get refused() {
      return refused;
    },
    async covers(soFar, next) {
      if (!budget || budget.charge.limits.length === 0) return true;
      const need = needed(budget.reserved, soFar, next);
      if (need.tokens <= covered.tokens && need.micro <= covered.micro) return true;
      const answer = await ledger.reserve(budget.charge, holderOf(lease), need);
      refused = answer.refused !== null;
      if (!refused) covered = need;
      return !refused;
    },
  };
}
