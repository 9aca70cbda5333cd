import { z } from 'zod';

export const BUDGET_SCOPES = ['owner', 'key', 'session'] as const;
export type BudgetScope = (typeof BUDGET_SCOPES)[number];

/** What may be spent; null sets no limit. */
export interface Allowance {
  tokensPerDay: number | null;
  tokensPerMonth: number | null;
  usdPerDay: number | null;
  usdPerMonth: number | null;
}

/** Who pays for a turn, and what each of them may spend. */
export interface Account {
  /** Anonymous callers pay by address: a visitor is a new one whenever its cookie is thrown away. */
  owner: string;
  /** The id of the API key; null for callers without one. */
  key: string | null;
  allowances: Record<BudgetScope, Allowance>;
}

export const NO_ALLOWANCE: Allowance = {
  tokensPerDay: null,
  tokensPerMonth: null,
  usdPerDay: null,
  usdPerMonth: null,
};

/**
 * Where a turn is charged, fixed when it begins: one that runs over midnight UTC belongs to the day on which it began. It is stored with
 * the turn, so that whoever finishes it charges the same accounts.
 */
export const chargeSchema = z.object({
  /** `2026-11-21` */
  day: z.string(),
  /** `2026-11` */
  month: z.string(),
  subjects: z.array(z.object({ scope: z.enum(BUDGET_SCOPES), name: z.string() })),
  limits: z.array(
    z.object({
      scope: z.enum(BUDGET_SCOPES),
      period: z.enum(['day', 'month']),
      unit: z.enum(['tokens', 'micro']),
      /** Tokens, or millionths of a dollar. */
      limit: z.number(),
    }),
  ),
});
export type Charge = z.infer<typeof chargeSchema>;
export type BudgetLimit = Charge['limits'][number];
export type ChargeSubject = Charge['subjects'][number];

export interface Amount {
  tokens: number;
  /** Millionths of a dollar. */
  micro: number;
}

/** How a limit stood when it was looked at: spent by ended turns, and reserved by others that run. In units of the limit. */
export interface Standing {
  used: number;
  reserved: number;
}

/** What a turn holds of its budgets. */
export interface BudgetHold {
  charge: Charge;
  reserved: Amount;
  /** In the order of the charge's limits. */
  standing: Standing[];
  /** The reservation still counts; one whose producer died long ago does not. */
  alive: boolean;
}
