import { z } from 'zod';
import type { Amount } from '../budgets/budget.ts';
import type { PeriodUsage, UsageCounts } from '../budgets/usage-ledger.ts';

const counts = z.object({
  turns: z.int(),
  input_tokens: z.int(),
  cached_input_tokens: z.int().describe('Part of the input.'),
  output_tokens: z.int(),
  reasoning_tokens: z.int().describe('Part of the output.'),
  total_tokens: z.int(),
  cost_usd: z.number().describe('By the prices that are known.'),
  unpriced_tokens: z.int().describe('Of models whose price is not known.'),
});

export const usageBody = counts.extend({ models: z.record(z.string(), counts) });
export const reservedBody = z.object({ tokens: z.int(), usd: z.number() });

export function showUsage({ total, models }: PeriodUsage): z.infer<typeof usageBody> {
  const byModel = Object.entries(models).map(([id, used]) => [id, showCounts(used)] as const);
  return { ...showCounts(total), models: Object.fromEntries(byModel) };
}

export function showReserved({ tokens, micro }: Amount): z.infer<typeof reservedBody> {
  return { tokens, usd: micro / 1_000_000 };
}

function showCounts(used: UsageCounts): z.infer<typeof counts> {
  return {
    turns: used['turns'] ?? 0,
    input_tokens: used['input'] ?? 0,
    cached_input_tokens: used['cached'] ?? 0,
    output_tokens: used['output'] ?? 0,
    reasoning_tokens: used['reasoning'] ?? 0,
    total_tokens: used['tokens'] ?? 0,
    cost_usd: (used['micro'] ?? 0) / 1_000_000,
    unpriced_tokens: used['unpriced'] ?? 0,
  };
}
