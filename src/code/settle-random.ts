/**
 * The interpreter seeds `Math.random` with the time in microseconds at which it was made: the one thing in which two of them differ. Puts
 * a fixed seed there, and returns where, so that each run gets one of its own. Throws when it is not there.
 */
export function settleRandom(memory: Uint8Array<ArrayBuffer>, fromMs: number, toMs: number): number {
  const [from, to] = [BigInt(Math.floor(fromMs)) * 1000n, (BigInt(Math.ceil(toMs)) + 1n) * 1000n];
  // Upper halves first: a comparison of whole words would take as long as all the rest of the start.
  const [low, high] = [Number(from >> 32n), Number(to >> 32n)];
  const halves = new Uint32Array(memory.buffer);
  const words = new BigUint64Array(memory.buffer);
  const found: number[] = [];
  for (let half = 1; half < halves.length; half += 2) {
    if (halves[half] !== low && halves[half] !== high) continue;
    const word = words[(half - 1) / 2] ?? 0n;
    if (word >= from && word <= to) found.push((half - 1) / 2);
  }
  const [index] = found;
  if (index === undefined || found.length > 1) {
    throw new Error('The interpreter does not keep its random seed where it did.');
  }
  words[index] = 1n;
  return index * 8;
}
