import { chargeKeys } from '../budgets/charge-keys.ts';
import type { Bill } from '../budgets/bill.ts';
import { scriptBill } from '../budgets/script-bill.ts';
import { RESERVATION_GRACE_MS, RESERVATIONS_MS, type RedisKeys } from '../redis/keys.ts';
import type { TurnBudget } from './turn-budget.ts';
import type { JournalChunk, TurnLease } from './turn-journal.ts';

/** How a turn is named among the running ones. */
export const member = ({ sessionId, turnId }: Pick<TurnLease, 'sessionId' | 'turnId'>) => `${sessionId} ${turnId}`;

/** First seq, last seq and the chunks as JSON: what the scripts' WRITE_CHUNKS takes. */
export function batch(chunks: readonly JournalChunk[]): [number, number, string] {
  const first = chunks[0];
  const last = chunks.at(-1);
  if (!first || !last) return [0, 0, ''];
  return [first.seq, last.seq, JSON.stringify(chunks.map(({ chunk }) => chunk))];
}

/** The keys and the last three arguments of a begin: where the turn is charged, and what it needs to reserve. */
export function reservation(
  keys: RedisKeys,
  budget: TurnBudget | undefined,
  first: number,
): { names: string[]; args: [string, number, string] } {
  if (!budget) return { names: [], args: ['', 0, ''] };
  const { charge, model = '', prices, outputTokens, bytes, noTools } = budget;
  const json = JSON.stringify(charge);
  if (charge.limits.length === 0) return { names: [], args: [json, 0, ''] };
  const { names, places } = chargeKeys(keys, charge, first);
  const wanted = {
    places,
    model,
    prices,
    output: outputTokens,
    bytes,
    no_tools: noTools,
    grace: RESERVATION_GRACE_MS,
    ttl: RESERVATIONS_MS,
  };
  return { names, args: [json, names.length, JSON.stringify(wanted)] };
}

/** The keys and the argument of what settles a turn's bill. */
export function settlement(keys: RedisKeys, bill: Bill | undefined, first: number): { names: string[]; json: string } {
  return bill ? scriptBill(keys, bill, first) : { names: [], json: '' };
}
