import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { coalesceParts } from '../../src/model/coalesce-parts.ts';
import { manualClock, type ManualClock } from '../fakes/manual-clock.ts';

type Part = LanguageModelV4StreamPart;
const delta = (text: string): Part => ({ type: 'text-delta', id: 't', delta: text });
const end: Part = { type: 'text-end', id: 't' };

/** Feeds the parts at their times, and tells what came out when. */
async function timeline(clock: ManualClock, script: [waitMs: number, part: Part][], failure?: Error) {
  const feed: { part: Promise<Part>; give: (part: Part) => void }[] = script.map(() => {
    const { promise, resolve } = Promise.withResolvers<Part>();
    return { part: promise, give: resolve };
  });
  async function* source(): AsyncGenerator<Part> {
    for (const { part } of feed) yield await part;
    if (failure) throw failure;
  }
  const out: { at: number; part: Part }[] = [];
  const reading = (async () => {
    for await (const part of coalesceParts(source(), 50, clock)) out.push({ at: clock.now(), part });
  })();
  reading.catch(() => {});
  for (const [index, [wait, part]] of script.entries()) {
    if (wait > 0) await clock.pass(wait);
    feed[index]?.give(part);
    await clock.pass(0);
  }
  return { out, reading };
}

test('the first delta leaves at once, those after it together, 50 ms later', async () => {
  const { out, reading } = await timeline(manualClock(), [
    [0, delta('a')],
    [10, delta('b')],
    [10, delta('c')],
    [40, delta('d')],
    [500, end],
  ]);
  await reading;
  expect(out).toEqual([
    { at: 0, part: delta('a') },
    { at: 50, part: delta('bc') },
    { at: 100, part: delta('d') },
    { at: 560, part: end },
  ]);
});

test('after a pause the next delta leaves at once again', async () => {
  const { out, reading } = await timeline(manualClock(), [
    [0, delta('a')],
    [51, delta('b')],
  ]);
  await reading;
  expect(out.map(({ at }) => at)).toEqual([0, 51]);
});

test('while timers ring late, the isolate is overloaded, and updates come half as often', async () => {
  const clock = manualClock();
  const overloaded = { ...clock, after: (ms: number, callback: () => void) => clock.after(ms + 40, callback) };
  const { out } = await timeline(overloaded, [
    [0, delta('a')],
    [10, delta('b')],
    [90, delta('c')],
    [200, end],
  ]);
  expect(out).toEqual([
    { at: 0, part: delta('a') },
    { at: 90, part: delta('b') },
    { at: 230, part: delta('c') },
    { at: 300, part: end },
  ]);
});

test('whatever is no delta drives out what was held, and keeps its place', async () => {
  const { out, reading } = await timeline(manualClock(), [
    [0, delta('a')],
    [1, delta('b')],
    [1, end],
  ]);
  await reading;
  expect(out).toEqual([
    { at: 0, part: delta('a') },
    { at: 2, part: delta('b') },
    { at: 2, part: end },
  ]);
});

test('an error comes after everything that was held', async () => {
  const failure = new Error('the socket died');
  const { out, reading } = await timeline(
    manualClock(),
    [
      [0, delta('a')],
      [1, delta('b')],
    ],
    failure,
  );
  await expect(reading).rejects.toBe(failure);
  expect(out.map(({ part }) => part)).toEqual([delta('a'), delta('b')]);
});

test('a reader that leaves closes the source, and no timer stays', async () => {
  const clock = manualClock();
  let closed = false;
  async function* source(): AsyncGenerator<Part> {
    try {
      for (;;) yield delta('a');
    } finally {
      closed = true;
    }
  }
  for await (const part of coalesceParts(source(), 50, clock)) if (part.type === 'text-delta') break;
  expect(closed).toBe(true);
});

const kinds = fc.constantFrom<'text-delta' | 'reasoning-delta' | 'tool-input-delta'>(
  'text-delta',
  'reasoning-delta',
  'tool-input-delta',
);
const anyPart: fc.Arbitrary<Part> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ type: kinds, id: fc.constantFrom('1', '2'), delta: fc.string({ maxLength: 3 }) }),
  },
  fc.record({
    type: kinds,
    id: fc.constant('1'),
    delta: fc.string({ maxLength: 3 }),
    providerMetadata: fc.constant({ p: { s: 1 } }),
  }),
  fc.constantFrom<Part>({ type: 'text-start', id: '1' }, { type: 'text-end', id: '1' }, { type: 'error', error: 'e' }),
);

/** Neighbours of one part joined as far as they go: what any split and any timing must come down to. */
function folded(parts: readonly Part[]): Part[] {
  const result: Part[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    const plain = 'delta' in part && !part.providerMetadata && last && 'delta' in last && !last.providerMetadata;
    if (plain && last.type === part.type && last.id === part.id) {
      result[result.length - 1] = { ...last, delta: last.delta + part.delta };
    } else result.push(part);
  }
  return result;
}

test('any split and any timing folds to the same parts in the same order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(0, 0, 1, 20, 49, 50, 51, 200), anyPart), { maxLength: 30 }),
      async (script) => {
        const { out, reading } = await timeline(manualClock(), script);
        await reading;
        const parts = out.map(({ part }) => part);
        expect(folded(parts)).toEqual(folded(script.map(([, part]) => part)));
      },
    ),
    { numRuns: 150 },
  );
});

test('nothing is held longer than the interval', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 80 }), { minLength: 1, maxLength: 25 }), async (waits) => {
      const script = waits.map((wait, index): [number, Part] => [wait, delta(`${index} `)]);
      const clock = manualClock();
      const { out, reading } = await timeline(clock, [...script, [500, end]]);
      await reading;
      let given = 0;
      const givenAt = waits.map((wait) => (given += wait));
      for (const { at, part } of out) {
        if (part.type !== 'text-delta') continue;
        for (const index of part.delta.trim().split(' ').map(Number))
          expect(at - (givenAt[index] ?? 0)).toBeLessThanOrEqual(50);
      }
    }),
    { numRuns: 100 },
  );
});
