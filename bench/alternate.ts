/**
 * Runs both `times` times, in turns, and swaps who begins: what the machine does meanwhile, and what one leaves to the other, falls
 * on both alike.
 */
export async function alternate(times: number, one: () => Promise<void>, other: () => Promise<void>): Promise<void> {
  for (let round = 0; round < times; round += 1) {
    const [first, second] = round % 2 === 0 ? [one, other] : [other, one];
    await first();
    await second();
  }
}
