import type { PeriodUsage } from './usage-ledger.ts';

/** A usage hash, as Redis answers it: field, value, field, value… A field is `name` or `name model`. */
export function parseUsage(fields: readonly string[]): PeriodUsage {
  const usage: PeriodUsage = { total: {}, models: {} };
  for (let index = 0; index < fields.length; index += 2) {
    const [name = '', ...model] = (fields[index] ?? '').split(' ');
    const amount = Number(fields[index + 1]);
    if (model.length === 0) usage.total[name] = amount;
    else (usage.models[model.join(' ')] ??= {})[name] = amount;
  }
  return usage;
}
