import { z } from 'zod';
import type { Price } from './prices.ts';

const usd = z.number().min(0).max(1_000_000);
const prices = z.record(
  z.string().regex(/^[a-z]+\/./, 'names must be like openai/gpt-5-mini'),
  z
    .object({ input: usd, cached_input: usd.optional(), output: usd })
    .transform(({ input, cached_input: cachedInput = input, output }): Price => ({ input, cachedInput, output })),
);

/** MODEL_PRICES: `{"provider/model": {"input", "cached_input"?, "output"}}` as JSON, in dollars for a million tokens. */
export const modelPrices = z
  .string()
  .default('{}')
  .transform((text, context) => {
    try {
      const value: unknown = JSON.parse(text);
      return value;
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON' });
      return z.NEVER;
    }
  })
  .pipe(prices);
