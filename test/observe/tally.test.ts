import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMetrics } from '../../src/observe/read-metrics.ts';
import { observe } from '../../src/observe/histogram.ts';
import { orPutBack, tally } from '../../src/observe/tally.ts';

/** What a script makes of the text. */
function counted(text: string, into = new Map<string, number>()): Map<string, number> {
  for (const [, field = '', by] of text.matchAll(/([^ ;]+) (\d+);/g))
    into.set(field, (into.get(field) ?? 0) + Number(by));
  return into;
}

const steps = fc.array(
  fc.record({
    field: fc.constantFrom('a', 'b', 'status:200'),
    by: fc.nat(50),
    how: fc.constantFrom('add', 'carry', 'fail'),
  }),
);

test('whatever fails on the way, every count arrives once', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (list) => {
      const arrived = new Map<string, number>();
      const wanted = new Map<string, number>();
      const { add, carry } = tally(true);
      for (const { field, by, how } of list) {
        if (by > 0) wanted.set(field, (wanted.get(field) ?? 0) + by);
        if (how === 'carry') {
          const { text } = carry({ [field]: by });
          counted(text, arrived);
        } else {
          add({ [field]: by }, 0);
          if (how === 'fail') await orPutBack(carry({}), Promise.reject(new Error('away'))).catch(() => undefined);
        }
      }
      counted(carry({}).text, arrived);
      expect(arrived).toEqual(wanted);
    }),
  );
});

test('switched off, nothing is ever given to a script', () => {
  const { add, carry, encode, isDue } = tally(false);
  add({ a: 1 }, 0);
  expect([carry({ b: 1 }).text, encode({ c: 1 }), isDue(60_000)]).toEqual(['', '', false]);
});

test('what has waited for ten seconds is due, until something carries it', () => {
  const { add, carry, isDue } = tally(true);
  expect(isDue(0)).toBe(false);
  add({ a: 1 }, 500);
  add({ a: 1 }, 9_000);
  expect([0, 10_499, 10_500, 20_000].map(isDue)).toEqual([false, false, true, true]);
  carry({});
  expect(isDue(20_000)).toBe(false);
});

test('every observation is in its bucket and all above', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(400_000), { minLength: 1 }), (times) => {
      const fields = new Map<string, number>();
      for (const ms of times)
        for (const [field, by] of Object.entries(observe('duration', ms)))
          fields.set(field, (fields.get(field) ?? 0) + by);
      const { buckets, count, sumMs } = readMetrics(fields).duration;
      expect(count).toBe(times.length);
      expect(sumMs).toBe(times.reduce((sum, ms) => sum + ms, 0));
      for (const { leMs, count: atMost } of buckets) expect(atMost).toBe(times.filter((ms) => ms <= leMs).length);
    }),
  );
});
