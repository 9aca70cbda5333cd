/** Numbers to be added to fields of the hash of counters. Fields hold no blank. */
export type Counts = Readonly<Record<string, number>>;

/** Counts as a script takes them: one argument, however many there are. */
export function encodeCounts(counts: Counts): string {
  return Object.entries(counts)
    .filter(([, by]) => by > 0)
    .map(([field, by]) => `${field} ${Math.round(by)};`)
    .join('');
}

/** Lines of a script that add such an argument to the hash. They cost no command of their own, and an empty argument does nothing. */
export function countLines(key: string, argument: string): string {
  return `for field, by in string.gmatch(${argument}, '([^ ;]+) (%d+);') do redis.call('HINCRBY', ${key}, field, by) end`;
}
