import type { Account, Allowance, BudgetLimit, BudgetScope, Charge, ChargeSubject } from './budget.ts';

const MICRO = 1_000_000;

/** The charge of a turn that begins now. Sessions are subjects only where they have a budget: nobody lists their usage. */
export function planCharge({ owner, key, allowances }: Account, sessionId: string | null, now: number): Charge {
  const day = new Date(now).toISOString().slice(0, 10);
  const subjects: ChargeSubject[] = [{ scope: 'owner', name: owner }];
  if (key !== null) subjects.push({ scope: 'key', name: key });
  if (sessionId !== null && limitsOf('session', allowances.session).length > 0) {
    subjects.push({ scope: 'session', name: sessionId });
  }
  return {
    day,
    month: day.slice(0, 7),
    subjects,
    limits: subjects.flatMap(({ scope }) => limitsOf(scope, allowances[scope])),
  };
}

export function limitsOf(scope: BudgetScope, allowance: Allowance): BudgetLimit[] {
  const { tokensPerDay, tokensPerMonth, usdPerDay, usdPerMonth } = allowance;
  const limits: [BudgetLimit['period'], BudgetLimit['unit'], number | null][] = [
    ['day', 'tokens', tokensPerDay],
    ['month', 'tokens', tokensPerMonth],
    ['day', 'micro', usdPerDay === null ? null : Math.round(usdPerDay * MICRO)],
    ['month', 'micro', usdPerMonth === null ? null : Math.round(usdPerMonth * MICRO)],
  ];
  return limits.flatMap(([period, unit, limit]) => (limit === null ? [] : [{ scope, period, unit, limit }]));
}
