import type { Account, BudgetHold } from '../budgets/budget.ts';
import { budgetExceeded } from '../budgets/budget-exceeded.ts';
import { costOfUsage } from '../budgets/cost-of-usage.ts';
import type { StatelessRequest } from './stateless-turn.ts';
import { turnBudget } from './turn-budget.ts';
import type { TurnPolicy } from './turn-request.ts';
import type { TurnServices } from './turn-services.ts';

const BYTES_A_TOKEN = 3;
/** What the tools of a deployment say about themselves, roughly; their catalogues come with the same request. */
const TOOLS_BYTES = 30_000;
const encoder = new TextEncoder();

/**
 * Reserves for a turn that has no begin, for as long as it may take: nobody renews it. Null where nobody pays. Throws AppError
 * `budget_exceeded`.
 */
export async function holdBudget(
  services: Pick<TurnServices, 'budgets' | 'ledger' | 'clock'>,
  policy: TurnPolicy,
  { messages, functions, options }: StatelessRequest,
  account: Account | undefined,
  turnId: string,
): Promise<BudgetHold | null> {
  if (!account) return null;
  const budget = turnBudget(services, account, { sessionId: null, options });
  const { charge, prices, model = '', outputTokens, noTools } = budget;
  if (charge.limits.length === 0) return { charge, reserved: { tokens: 0, micro: 0 }, standing: [], alive: true };
  const sent = encoder.encode(JSON.stringify([messages, functions])).length;
  const inputTokens = Math.ceil((budget.bytes + sent + (noTools ? 0 : TOOLS_BYTES)) / BYTES_A_TOKEN);
  const micro = costOfUsage(prices[model] ?? null, { inputTokens, outputTokens }) ?? 0;
  const reserved = { tokens: inputTokens + outputTokens, micro };
  const { refused, standing } = await services.ledger.reserve(charge, turnId, reserved, policy.totalTimeoutMs);
  if (refused !== null) throw budgetExceeded(charge, refused, reserved, standing, services.clock.now());
  return { charge, reserved, standing, alive: true };
}
