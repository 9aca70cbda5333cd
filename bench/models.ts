/** How the provider answers in the scenarios (local/model/directives.ts): so many words, so many a second. */
export const MODELS = {
  instant: 'demo?n=1&tps=0',
  short: 'demo?n=5&tps=100',
  tool: 'demo?n=5&tps=100&call=remote__echo&with={"text":"ping"}',
  long: 'demo?n=200&tps=50',
  longQuick: 'demo?n=50&tps=50',
  thousandAt50: 'demo?n=1000&tps=50',
  thousandAt200: 'demo?n=1000&tps=200',
  firehose: 'demo?n=20000&tps=0&batch=20',
} as const;

/** How many words a model of this list answers with. */
export function wordsOf(model: string): number {
  return Number(/[?&]n=(\d+)/.exec(model)?.[1]);
}
