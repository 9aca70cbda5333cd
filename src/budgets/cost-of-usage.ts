import type { Price } from './prices.ts';

export interface CountedTokens {
  inputTokens: number;
  outputTokens: number;
  /** Part of the input. */
  cachedInputTokens?: number | undefined;
}

/** Millionths of a dollar, rounded up; null where the price is not known. */
export function costOfUsage(price: Price | null, usage: CountedTokens): number | null {
  if (!price) return null;
  const cached = Math.min(usage.cachedInputTokens ?? 0, usage.inputTokens);
  const fresh = usage.inputTokens - cached;
  return Math.ceil(fresh * price.input + cached * price.cachedInput + usage.outputTokens * price.output);
}
