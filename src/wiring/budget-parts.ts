import { dearest, type BudgetPolicy } from '../budgets/budget-policy.ts';
import { priceBook } from '../budgets/price-book.ts';
import type { Price } from '../budgets/prices.ts';
import type { Env } from '../env.ts';
import type { ModelCatalogue } from '../model/model-catalogue.ts';

/** What follows from the environment for budgets. Worked out once an isolate. */
export function budgetPolicy(env: Env, models: ModelCatalogue): BudgetPolicy {
  const priceOf = priceBook(env.MODEL_PRICES);
  const reservePrices: Record<string, Price> = {};
  const ids = models.list().map(({ id }) => id);
  for (const id of ['', ...ids]) {
    // The first of the list is the default; its fallbacks may answer in its place.
    const price = dearest([priceOf(id || (ids[0] ?? '')), ...env.MODEL_FALLBACKS.map(priceOf)]);
    if (price) reservePrices[id] = price;
  }
  return {
    priceOf,
    outputTokens: env.BUDGET_OUTPUT_TOKENS,
    promptBytes: new TextEncoder().encode(env.INITIAL_SYSTEM_PROMPT ?? '').length,
    reservePrices: () => reservePrices,
  };
}
