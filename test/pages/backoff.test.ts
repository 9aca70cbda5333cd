import { expect, it } from 'vitest';
import { createBackoff } from '../../src/pages/chat/backoff.ts';

it('waits twice as long before every try, gives up, and begins anew after a success', () => {
  const backoff = createBackoff();
  const delays = Array.from({ length: 7 }, () => backoff.next());
  expect(delays).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, null]);
  backoff.reset();
  expect(backoff.next()).toBe(1000);
});
