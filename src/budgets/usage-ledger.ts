import type { Bill } from './bill.ts';
import type { Amount, BudgetScope, Charge, Standing } from './budget.ts';

/** What was used, by field: `turns`, `input`, `cached`, `output`, `reasoning`, `tokens`, `micro`, `unpriced`. Absent is 0. */
export type UsageCounts = Partial<Record<string, number>>;

export interface PeriodUsage {
  total: UsageCounts;
  models: Record<string, UsageCounts>;
}

export interface SubjectUsage {
  day: PeriodUsage;
  month: PeriodUsage;
  reserved: Amount;
}

export interface UsageSubject {
  scope: BudgetScope;
  name: string;
}

/** `refused`: the index of the limit that does not cover the turn; null when all of them do, and the amount is reserved. */
export interface Reservation {
  refused: number | null;
  standing: Standing[];
}

/**
 * What everybody has used, and what running turns have reserved. A turn of a session reserves with its begin and is charged with its end:
 * these are for whatever has neither, and for more. Methods reject with AppError `memory_unavailable`.
 */
export interface UsageLedger {
  /** Puts the amount in the place of what the turn (`holder`) has reserved so far; `forMs` is as long as a lease when absent. */
  reserve(charge: Charge, holder: string, amount: Amount, forMs?: number): Promise<Reservation>;
  /** Charges the bill, and frees what the turn has reserved. */
  settle(bill: Bill, holder: string): Promise<void>;
  read(subject: UsageSubject, period: { day: string; month: string }): Promise<SubjectUsage>;
  /** Usage of several days of one subject, in their order. */
  days(subject: UsageSubject, days: readonly string[]): Promise<PeriodUsage[]>;
  /** Who used something in that month, by name, after a cursor. */
  list(month: string, scope: BudgetScope, page: { after: string | undefined; limit: number }): Promise<string[]>;
}
