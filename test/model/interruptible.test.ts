import { expect, test } from 'vitest';
import { interruptible } from '../../src/model/interruptible.ts';

const never = new Promise<never>(() => {});

test('a wait ends as its promise does, while nobody interrupts', async () => {
  const wait = interruptible(new AbortController().signal);
  expect(await wait(Promise.resolve(1))).toBe(1);
  await expect(wait(Promise.reject(new Error('own')))).rejects.toThrow('own');
});

test('a wait for something that never settles ends with the reason of the interruption', async () => {
  const controller = new AbortController();
  const waiting = interruptible(controller.signal)(never);
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
});

test('a wait that begins too late ends at once', async () => {
  const controller = new AbortController();
  const wait = interruptible(controller.signal);
  controller.abort(new Error('enough'));
  await expect(wait(never)).rejects.toThrow('enough');
});
