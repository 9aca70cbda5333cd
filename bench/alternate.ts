/**
 * Runs each of `runs` `times` times, in turns, and another one begins every time: what the machine does meanwhile, and what one leaves
 * to the next, falls on all alike.
 */
export async function alternate(times: number, runs: readonly (() => Promise<void>)[]): Promise<void> {
  for (let round = 0; round < times; round += 1) {
    const first = round % Math.max(1, runs.length);
    for (const run of [...runs.slice(first), ...runs.slice(0, first)]) await run();
  }
}
