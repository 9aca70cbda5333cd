import { PRICE_LISTS, type Price } from './prices.ts';

/** What models cost; null for one whose price is not known. */
export type PriceBook = (modelId: string) => Price | null;

/** `overrides`: MODEL_PRICES, by catalogue id; they win. */
export function priceBook(overrides: Readonly<Record<string, Price>>): PriceBook {
  const rows = PRICE_LISTS.flatMap((list) => list.rows);
  return (modelId) =>
    Object.hasOwn(overrides, modelId)
      ? (overrides[modelId] ?? null)
      : (rows.find(({ pattern }) => pattern.test(modelId)) ?? null);
}
