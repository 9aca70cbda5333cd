import type { RecordedRequest } from './recording-proxy.ts';

/**
 * How many requests at least had to wait for another one: the longest row in which each starts after the one before it
 * has ended. Requests that run side by side count once; one that never ended is left out.
 */
export function sequentialRoundTrips(requests: Pick<RecordedRequest, 'startedAt' | 'endedAt'>[]): number {
  const ended = requests.flatMap(({ startedAt, endedAt }) => (endedAt === null ? [] : [{ startedAt, endedAt }]));
  let count = 0;
  let lastEnd = -Infinity;
  for (const { startedAt, endedAt } of ended.toSorted((one, other) => one.endedAt - other.endedAt)) {
    if (startedAt < lastEnd) continue;
    count += 1;
    lastEnd = endedAt;
  }
  return count;
}
