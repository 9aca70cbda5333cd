import { beforeEach, expect, test } from 'vitest';
import type { ProviderTimeoutError } from '../../src/model/provider-errors.ts';
import { silenceWatch, type SilenceWatch } from '../../src/model/silence-watch.ts';
import { manualClock } from '../fakes/manual-clock.ts';

let clock = manualClock();
let heard: string[] = [];
let watch: SilenceWatch;
beforeEach(() => {
  clock = manualClock();
  heard = [];
  watch = silenceWatch(clock, ({ phase }: ProviderTimeoutError) => heard.push(`${phase} at ${clock.now()}`));
});

test('silence is noticed when the time is up, and once', async () => {
  watch.expect('headers', 100);
  await clock.pass(99);
  expect(heard).toEqual([]);
  await clock.pass(1000);
  expect(heard).toEqual(['headers at 100']);
});

test('each sign of life starts the time anew', async () => {
  for (let parts = 0; parts < 5; parts++) {
    watch.expect('next part', 100);
    await clock.pass(80);
  }
  expect(heard).toEqual([]);
  await clock.pass(20);
  expect(heard).toEqual(['next part at 420']);
});

test('a shorter time than the one before counts', async () => {
  watch.expect('headers', 1000);
  watch.expect('first token', 10);
  await clock.pass(10);
  expect(heard).toEqual(['first token at 10']);
});

test('nothing is noticed while nothing is expected, and everything again afterwards', async () => {
  watch.expect('next part', 100);
  watch.relax();
  await clock.pass(5000);
  expect(heard).toEqual([]);
  watch.expect('next part', 100);
  await clock.pass(100);
  expect(heard).toEqual(['next part at 5100']);
});

test('a stopped watch stays silent', async () => {
  watch.expect('headers', 100);
  watch.stop();
  await clock.pass(1000);
  expect(heard).toEqual([]);
});
