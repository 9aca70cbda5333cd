import { expect, test } from 'vitest';
import { OUTPUT_MAX_CHARACTERS, STEPS_MAX } from '../../src/code/code-limits.ts';
import { ATTACKS } from './attacks.ts';
import { codeWorld } from './code-world.ts';

// The clock stands still, as it does on Workers while code computes: steps alone end what does not end.
const world = codeWorld({ now: () => 0 });
/** What STEPS_MAX steps take at the very most, on a machine that does much else. */
const MOST_CPU_MS = STEPS_MAX / 40_000;

test.each(ATTACKS)(
  '%s ends with %s',
  async (code, said) => {
    const from = process.cpuUsage();
    const { value, error, stdout } = await world.code.interpret(code, null);
    const { user, system } = process.cpuUsage(from);
    expect(error ? `${error.name}: ${error.message}` : (value ?? '')).toMatch(said);
    expect((user + system) / 1000).toBeLessThan(MOST_CPU_MS);
    expect(stdout.length).toBeLessThan(OUTPUT_MAX_CHARACTERS + 100);
    expect(await world.code.interpret('[1, 2].map((n) => n + 1)', null)).toMatchObject({
      value: '[2, 3]',
      error: null,
    });
    expect(world.problems).toEqual([]);
  },
  60_000,
);

test('where the clock moves, it ends code as well', async () => {
  let calls = 0;
  const { code } = codeWorld({ now: () => (calls += 1) });
  expect(await code.interpret('for (;;);', null)).toMatchObject({
    error: { isCutOff: true, message: 'The code ran for more than 5 seconds.' },
  });
});

test('timers that never end are ended after 15 seconds', async () => {
  let clock = 0;
  const wait = async (ms: number) => {
    await new Promise((resolve) => void setImmediate(resolve));
    clock += Math.max(10, ms);
  };
  const { code } = codeWorld({ now: () => clock, wait });
  const { error } = await code.interpret('setInterval(() => {}, 0); await new Promise(() => {})', null);
  expect(error).toMatchObject({ isCutOff: true, message: expect.stringContaining('15 seconds') });
});

test('a run that is cut off leaves its session as it was', async () => {
  await world.run('let kept = [1]');
  expect(await world.run('kept.push(2); globalThis.more = 1; for (;;);')).toMatchObject({
    error: { isCutOff: true },
    note: expect.stringContaining('as it was'),
  });
  expect(await world.run('[kept, typeof more]')).toMatchObject({ value: '[[1], "undefined"]' });
});

test('nothing of one run is left for the next, and each has random numbers of its own', async () => {
  const first = await world.code.interpret('globalThis.secret = "s3cret".repeat(1000); Math.random()', null);
  const second = await world.code.interpret('typeof secret + ":" + Math.random()', null);
  expect(second.value).toMatch(/^"undefined:0\./);
  expect(second.value).not.toContain(first.value);
});
