/** How the provider answers in the scenarios (local/model/directives.ts): so many words, so many a second. */
export const MODELS = {
  short: 'demo?n=5&tps=100',
  long: 'demo?n=200&tps=50',
  longQuick: 'demo?n=50&tps=50',
  thousandAt50: 'demo?n=1000&tps=50',
  thousandAt200: 'demo?n=1000&tps=200',
} as const;

/** How many words a model of this list answers with. */
export function wordsOf(model: string): number {
  return Number(/[?&]n=(\d+)/.exec(model)?.[1]);
}
