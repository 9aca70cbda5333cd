import { NO_ALLOWANCE, type Account } from '../budgets/budget.ts';
import type { AppContext } from './context.ts';

/** Who pays for a caller's turns: the owner of that name, and the key if there is one. */
export function accountOf(c: AppContext, owner: string): Account {
  const { limits, keyId } = c.get('caller');
  const { env } = c.get('services');
  return {
    owner,
    key: keyId ?? null,
    allowances: {
      key: keyId === undefined ? NO_ALLOWANCE : limits.budget,
      owner: {
        tokensPerDay: env.BUDGET_OWNER_TOKENS_PER_DAY ?? null,
        tokensPerMonth: env.BUDGET_OWNER_TOKENS_PER_MONTH ?? null,
        usdPerDay: env.BUDGET_OWNER_USD_PER_DAY ?? null,
        usdPerMonth: env.BUDGET_OWNER_USD_PER_MONTH ?? null,
      },
      session: {
        tokensPerDay: env.BUDGET_SESSION_TOKENS_PER_DAY ?? null,
        tokensPerMonth: env.BUDGET_SESSION_TOKENS_PER_MONTH ?? null,
        usdPerDay: env.BUDGET_SESSION_USD_PER_DAY ?? null,
        usdPerMonth: env.BUDGET_SESSION_USD_PER_MONTH ?? null,
      },
    },
  };
}
