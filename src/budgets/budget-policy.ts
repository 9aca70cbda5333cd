import type { Price } from './prices.ts';
import type { PriceBook } from './price-book.ts';

/** The deployment's settings that budgets follow. */
export interface BudgetPolicy {
  priceOf: PriceBook;
  /** BUDGET_OUTPUT_TOKENS: what one model call may say where a budget holds and the request names no maximum. */
  outputTokens: number;
  /** What INITIAL_SYSTEM_PROMPT has in bytes. */
  promptBytes: number;
  /** What the calls of a turn are reserved at, by the model asked for ('' for the default): the dearest of the models that may answer. */
  reservePrices(): Record<string, Price>;
}

/** The dearest of several prices in each kind; null when none is known. */
export function dearest(prices: readonly (Price | null)[]): Price | null {
  const known = prices.filter((price) => price !== null);
  if (known.length === 0) return null;
  return {
    input: Math.max(...known.map(({ input }) => input)),
    cachedInput: Math.max(...known.map(({ cachedInput }) => cachedInput)),
    output: Math.max(...known.map(({ output }) => output)),
  };
}
