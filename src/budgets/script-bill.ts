import { USAGE_DAY_MS, USAGE_MONTH_MS, type RedisKeys } from '../redis/keys.ts';
import type { Bill } from './bill.ts';
import { chargeKeys } from './charge-keys.ts';

/** A bill as the scripts take it, with the keys that it concerns; the first of them is KEYS[first]. */
export function scriptBill(
  keys: RedisKeys,
  { charge, amounts }: Bill,
  first: number,
): { names: string[]; json: string } {
  const { names, places } = chargeKeys(keys, charge, first);
  const json = JSON.stringify({
    places: { ...places, limits: undefined },
    amounts,
    day_ttl: USAGE_DAY_MS,
    month_ttl: USAGE_MONTH_MS,
  });
  return { names, json };
}
