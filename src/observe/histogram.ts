import type { Counts } from '../redis/counts.ts';

/** Upper bounds in milliseconds: from an answer out of a cache to one with many tool calls. */
export const BOUNDS_MS = [25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 120_000, 300_000] as const;

export type HistogramName = 'duration' | 'first_token';

export interface Histogram {
  count: number;
  sumMs: number;
  /** Per bound, how many were at most that long. */
  buckets: { leMs: number; count: number }[];
}

/** One observation, as counts. */
export function observe(name: HistogramName, ms: number): Counts {
  const bound = BOUNDS_MS.find((item) => ms <= item);
  return { [`${name}:le:${bound ?? 'inf'}`]: 1, [`${name}:sum`]: ms };
}

export function readHistogram(name: HistogramName, count: (field: string) => number): Histogram {
  let total = 0;
  const buckets = BOUNDS_MS.map((leMs) => {
    total += count(`${name}:le:${leMs}`);
    return { leMs, count: total };
  });
  return { count: total + count(`${name}:le:inf`), sumMs: count(`${name}:sum`), buckets };
}
