import { AppError } from '../errors.ts';
import type { Amount, Charge, Standing } from './budget.ts';
import { periodEnd } from './period-end.ts';

/** A budget that only running turns stand in the way of is worth another try once they end. */
const RETRY_SOON_SECONDS = 15;

/** 429 `budget_exceeded`: which budget, how it stands, and when it is full again. */
export function budgetExceeded(
  charge: Charge | undefined,
  refused: number,
  needed: Amount,
  standing: readonly Standing[],
  now: number,
): AppError {
  const limit = charge?.limits[refused];
  const { used, reserved } = standing[refused] ?? { used: 0, reserved: 0 };
  if (!charge || !limit) throw new Error('A limit that the charge does not have was exceeded.');
  const { scope, period, unit } = limit;
  const resetsAt = periodEnd(period, charge.day);
  const fits = used + needed[unit] <= limit.limit;
  const shown = (amount: number) => (unit === 'tokens' ? amount : amount / 1_000_000);
  const name = `${unit === 'tokens' ? 'token' : 'money'} budget of this ${scope} for the ${period}`;
  const why = fits ? 'is reserved by turns that still run' : 'does not cover another turn';
  return new AppError('budget_exceeded', `The ${name} ${why}.`, {
    details: {
      budget: scope,
      period,
      unit: unit === 'tokens' ? 'tokens' : 'usd',
      limit: shown(limit.limit),
      used: shown(used),
      reserved: shown(reserved),
      needed: shown(needed[unit]),
      resets_at: new Date(resetsAt).toISOString(),
      retry_after: fits ? RETRY_SOON_SECONDS : Math.max(1, Math.ceil((resetsAt - now) / 1000)),
    },
  });
}
