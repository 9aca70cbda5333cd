import type { RedisKeys } from '../redis/keys.ts';
import type { BudgetScope, Charge } from './budget.ts';

/** What a script has to know of the keys of a charge: their places in KEYS, of which `names[0]` is number `first`. */
export function chargeKeys(keys: RedisKeys, charge: Charge, first: number) {
  const { day, month, subjects, limits } = charge;
  const names = subjects.flatMap(({ scope, name }) => [
    keys.usage(scope, name, day),
    keys.usage(scope, name, month),
    keys.reservations(scope, name),
  ]);
  const place = (scope: BudgetScope) => first + 3 * subjects.findIndex((subject) => subject.scope === scope);
  const leases = first + names.length;
  return {
    names: [...names, keys.reservationLeases, keys.usageIndex(month)],
    places: {
      leases,
      index: leases + 1,
      opens: [...new Set(limits.map(({ scope }) => place(scope) + 2))],
      limits: limits.map(({ scope, period, unit, limit }) => ({
        used: place(scope) + (period === 'day' ? 0 : 1),
        open: place(scope) + 2,
        unit,
        limit,
      })),
      usage: subjects.map(({ scope, name }) => ({
        day: place(scope),
        month: place(scope) + 1,
        // Sessions come and go: nobody lists them.
        member: scope === 'session' ? '' : `${scope} ${name}`,
      })),
    },
  };
}
