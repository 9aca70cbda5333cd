/** How little the first places differ: the usual number of reciprocal rank fusion. */
const FLATNESS = 60;

export type Scored<T> = T & {
  /** From 0 to 1; 1 is the first of every ranking. */
  score: number;
};

/** One ranking of several, best first: what stands high in one or in both of them (reciprocal rank fusion). */
export function mergeRanks<T>(rankings: readonly (readonly T[])[], keyOf: (item: T) => string): Scored<T>[] {
  const merged = new Map<string, Scored<T>>();
  for (const ranking of rankings) {
    for (const [rank, item] of ranking.entries()) {
      const share = (FLATNESS + 1) / (FLATNESS + 1 + rank) / rankings.length;
      merged.set(keyOf(item), { ...item, score: (merged.get(keyOf(item))?.score ?? 0) + share });
    }
  }
  return [...merged.values()].sort((one, other) => other.score - one.score);
}
