import { billOf, type Bill } from '../budgets/bill.ts';
import type { HeldTurn } from '../journal/turn-journal.ts';
import { addUsage } from './add-usage.ts';
import type { ChunkLog } from './chunk-log.ts';
import { estimateUsage } from './estimate-usage.ts';
import type { TokenUsage } from './turn-runner.ts';
import type { TurnServices } from './turn-services.ts';

export interface BilledTurn {
  /** Of the whole turn so far, with its cost. */
  usage: TokenUsage | undefined;
  /** What has to be charged now; undefined where nobody pays. */
  bill: Bill | undefined;
}

/** What this producer's part of the turn used, as its provider told it or else counted, and what it costs. */
export function billTurn(
  { budgets }: Pick<TurnServices, 'budgets'>,
  held: HeldTurn,
  log: ChunkLog,
  told: { modelId: string | undefined; usage: TokenUsage | undefined },
  turns: 0 | 1,
): BilledTurn {
  const used = addUsage(told.usage ?? null, estimateUsage(held, log, told.usage !== undefined));
  const modelId = told.modelId ?? held.options.model ?? held.session.model ?? 'unknown';
  const bill = held.budget
    ? billOf(held.budget.charge, { modelId, usage: used, price: budgets.priceOf(modelId), turns })
    : undefined;
  const costUsd = bill && (bill.micro === null ? null : bill.micro / 1_000_000);
  const usage = addUsage(held.spent, used && { ...used, ...(costUsd !== undefined && { costUsd }) });
  return { usage, bill };
}
