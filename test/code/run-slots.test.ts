import { expect, test } from 'vitest';
import { RUN_QUEUE_OF_CALLER_MAX, RUNS_AT_ONCE, SLOT_LAPSE_MS, SLOT_WAIT_MS } from '../../src/code/code-limits.ts';
import { runSlots, type RunSlot } from '../../src/code/run-slots.ts';

/** Slots on a clock that moves when everybody waits. */
function slotWorld() {
  let clock = 0;
  const sleepers: { at: number; wake: () => void }[] = [];
  const wait = (ms: number) => new Promise<void>((wake) => void sleepers.push({ at: clock + ms, wake }));
  const tick = async (ms: number) => {
    const end = clock + ms;
    for (;;) {
      for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
      const next = sleepers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
      if (!next) break;
      clock = next.at;
      sleepers.splice(sleepers.indexOf(next), 1);
      next.wake();
    }
    clock = end;
  };
  return { slots: runSlots({ now: () => clock, wait }), tick, wait };
}

test('a caller with many runs does not keep another waiting', async () => {
  const { slots, tick, wait } = slotWorld();
  const order: string[] = [];
  const run = (caller: string) =>
    slots.hold(caller, async () => {
      order.push(caller);
      await wait(100);
    });
  const all = [...Array.from({ length: 20 }, () => run('many')), run('one'), run('two')];
  await tick(5000);
  await Promise.all(all);
  expect(order).toHaveLength(22);
  expect(order.slice(RUNS_AT_ONCE, RUNS_AT_ONCE + 2).toSorted()).toEqual(['one', 'two']);
});

test('no more run at once than there are slots, and no two in one', async () => {
  const { slots, tick, wait } = slotWorld();
  const inside = new Set<number>();
  let most = 0;
  const run = async (slot: RunSlot) => {
    expect(inside.has(slot.index)).toBe(false);
    inside.add(slot.index);
    most = Math.max(most, inside.size);
    await wait(30);
    inside.delete(slot.index);
  };
  const all = Array.from({ length: 50 }, (_, index) => slots.hold(`caller ${index % 7}`, run));
  await tick(5000);
  await Promise.all(all);
  expect(most).toBe(RUNS_AT_ONCE);
});

test('who waits too long, or behind too many of his own, is told to come back', async () => {
  const { slots, tick, wait } = slotWorld();
  const long = (slot: RunSlot) => {
    const stay = async (): Promise<void> => {
      slot.touch();
      await wait(1000);
      if (slot.isHeld()) await stay();
    };
    return stay();
  };
  for (let index = 0; index < RUNS_AT_ONCE; index += 1) slots.hold('long', long).catch(() => undefined);
  const waiting = Array.from({ length: RUN_QUEUE_OF_CALLER_MAX }, () => slots.hold('me', async () => undefined));
  const refused = waiting.map((one) => expect(one).rejects.toMatchObject({ code: 'code_busy' }));
  await expect(slots.hold('me', async () => undefined)).rejects.toMatchObject({ code: 'code_busy' });
  await tick(SLOT_WAIT_MS + 100);
  await Promise.all(refused);
});

test('a slot that nobody speaks for any more goes to the next, and its old holder can tell', async () => {
  const { slots, tick } = slotWorld();
  const lost: RunSlot[] = [];
  for (let index = 0; index < RUNS_AT_ONCE; index += 1) {
    slots
      .hold('gone', (slot) => {
        lost.push(slot);
        return new Promise<never>(() => undefined);
      })
      .catch(() => undefined);
  }
  await tick(SLOT_LAPSE_MS - 1000);
  const next = slots.hold('next', async (slot) => slot.index);
  await tick(2000);
  expect(await next).toBe(0);
  expect(lost[0]?.isHeld()).toBe(false);
});
