import { z } from 'zod';
import { limitsOf } from '../budgets/plan-charge.ts';
import { periodEnd } from '../budgets/period-end.ts';
import type { SubjectUsage } from '../budgets/usage-ledger.ts';
import { clientIdentities } from './client-identities.ts';
import type { AppContext } from './context.ts';
import { parseWith } from './parse-body.ts';
import { showReserved, showUsage } from './usage-body.ts';

const DAY_MS = 24 * 3600_000;

export const usageQuery = z.object({
  days: z.coerce.number().int().min(0).max(35).default(7).describe('How many days before today to show.'),
});

/** `GET /usage`: what the caller has used today, this month and in the days before, and what is left of its budgets. */
export async function readUsage(c: AppContext): Promise<Response> {
  const { ledger, clock } = c.get('services');
  const { days } = parseWith(usageQuery, c.req.query(), 'query');
  const { account } = clientIdentities(c);
  if (!account) throw new Error('A caller without an account cannot be asked for its usage.');
  const now = clock.now();
  const dayOf = (ago: number) => new Date(now - ago * DAY_MS).toISOString().slice(0, 10);
  const day = dayOf(0);
  const period = { day, month: day.slice(0, 7) };
  const earlier = Array.from({ length: days }, (_, index) => dayOf(index + 1));
  const owner = { scope: 'owner', name: account.owner } as const;
  const [used, ofKey, before] = await Promise.all([
    ledger.read(owner, period),
    account.key === null ? null : ledger.read({ scope: 'key', name: account.key }, period),
    ledger.days(owner, earlier),
  ]);
  const { allowances } = account;
  return c.json({
    today: { date: day, ...showUsage(used.day) },
    month: { month: period.month, ...showUsage(used.month) },
    days: before.map((usage, index) => ({ date: earlier[index] ?? '', ...showUsage(usage) })),
    reserved: showReserved(used.reserved),
    budgets: [
      ...budgets('owner', allowances.owner, used, day),
      ...(ofKey ? budgets('key', allowances.key, ofKey, day) : []),
    ],
  });
}

function budgets(scope: 'owner' | 'key', allowance: Parameters<typeof limitsOf>[1], usage: SubjectUsage, day: string) {
  return limitsOf(scope, allowance).map(({ period, unit, limit }) => {
    const used = usage[period].total[unit] ?? 0;
    const reserved = usage.reserved[unit];
    const shown = (amount: number) => (unit === 'tokens' ? amount : amount / 1_000_000);
    return {
      budget: scope,
      period,
      unit: unit === 'tokens' ? 'tokens' : 'usd',
      limit: shown(limit),
      used: shown(used),
      reserved: shown(reserved),
      left: shown(Math.max(0, limit - used - reserved)),
      resets_at: new Date(periodEnd(period, day)).toISOString(),
    };
  });
}
