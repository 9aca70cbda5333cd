import type { Charge } from '../budgets/budget.ts';
import type { Price } from '../budgets/prices.ts';

/** Where a turn is charged, and how its begin measures what to reserve. */
export interface TurnBudget {
  charge: Charge;
  /** The model that the message asks for; undefined leaves it to the session. */
  model: string | undefined;
  /** What a token costs at most, by model; '' is the deployment's default. */
  prices: Record<string, Price>;
  /** What one model call may say at most. */
  outputTokens: number;
  /** What the model is sent beside the window and the tools. */
  bytes: number;
  noTools: boolean;
}
