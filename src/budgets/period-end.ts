/** When the day or the month of a day (`2026-11-21`) ends, UTC, in milliseconds since the epoch. */
export function periodEnd(period: 'day' | 'month', day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return period === 'day' ? Date.UTC(year, month - 1, date + 1) : Date.UTC(year, month, 1);
}
