import { z } from 'zod';
import type { Bill } from './bill.ts';
import { BUDGET_SCOPES, type BudgetHold } from './budget.ts';
import { periodEnd } from './period-end.ts';

/** A budget after a turn, as clients see it. */
export const budgetLeftSchema = z.object({
  budget: z.enum(BUDGET_SCOPES),
  period: z.enum(['day', 'month']),
  unit: z.enum(['tokens', 'usd']),
  limit: z.number(),
  left: z.number(),
  resets_at: z.iso.datetime(),
});
export type BudgetLeft = z.infer<typeof budgetLeftSchema>;

/** What is left of each budget: what the turn found when it began, less what it used. Turns that ran beside it are not in it. */
export function budgetsLeft({ charge, standing }: BudgetHold, bill: Bill | undefined): BudgetLeft[] {
  return charge.limits.map(({ scope, period, unit, limit }, index) => {
    const used = (standing[index]?.used ?? 0) + (bill?.amounts[unit] ?? 0);
    const shown = (amount: number) => (unit === 'tokens' ? amount : amount / 1_000_000);
    return {
      budget: scope,
      period,
      unit: unit === 'tokens' ? 'tokens' : 'usd',
      limit: shown(limit),
      left: shown(Math.max(0, limit - used)),
      resets_at: new Date(periodEnd(period, charge.day)).toISOString(),
    };
  });
}
