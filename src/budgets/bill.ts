import type { Charge } from './budget.ts';
import { costOfUsage, type CountedTokens } from './cost-of-usage.ts';
import type { Price } from './prices.ts';

/** What a turn, or a part of one, has to be charged with. */
export interface Bill {
  charge: Charge;
  /** How much to add to each field of the usage hashes. */
  amounts: Record<string, number>;
  /** Millionths of a dollar; null where the price is not known. */
  micro: number | null;
}

type Billed = CountedTokens & { totalTokens: number; reasoningTokens?: number | undefined };

/** The bill of what a model used; `turns` is 1 for the part with which a turn ends. */
export function billOf(
  charge: Charge,
  { modelId, usage, price, turns }: { modelId: string; usage: Billed | undefined; price: Price | null; turns: 0 | 1 },
): Bill {
  const micro = usage ? costOfUsage(price, usage) : 0;
  const counted = {
    input: usage?.inputTokens,
    cached: usage?.cachedInputTokens,
    output: usage?.outputTokens,
    reasoning: usage?.reasoningTokens,
    tokens: usage?.totalTokens,
    micro,
    unpriced: micro === null ? usage?.totalTokens : 0,
    turns,
  };
  const amounts: Record<string, number> = {};
  for (const [field, amount] of Object.entries(counted)) {
    if (!amount) continue;
    amounts[field] = amount;
    amounts[`${field} ${modelId}`] = amount;
  }
  return { charge, amounts, micro };
}
