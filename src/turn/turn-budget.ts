import type { Account } from '../budgets/budget.ts';
import type { BudgetPolicy } from '../budgets/budget-policy.ts';
import { planCharge } from '../budgets/plan-charge.ts';
import type { TurnBudget } from '../journal/turn-budget.ts';
import type { TurnOptions } from '../journal/turn-options.ts';

const encoder = new TextEncoder();

/** Where a turn is charged, and how to measure what it needs; the window is measured by who reads it. */
export function turnBudget(
  { budgets, clock }: { budgets: BudgetPolicy; clock: { now(): number } },
  account: Account,
  { sessionId, options }: { sessionId: string | null; options: TurnOptions },
): TurnBudget {
  const { model, instruction, settings, serverNames } = options;
  return {
    charge: planCharge(account, sessionId, clock.now()),
    model,
    prices: budgets.reservePrices(),
    outputTokens: settings.maxOutputTokens ?? budgets.outputTokens,
    bytes: instruction === undefined ? budgets.promptBytes : encoder.encode(instruction).length,
    noTools: serverNames?.length === 0,
  };
}
