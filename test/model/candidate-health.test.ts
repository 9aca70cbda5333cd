import { beforeEach, expect, test } from 'vitest';
import { candidateHealth, type CandidateHealth } from '../../src/model/candidate-health.ts';
import type { FailureVerdict } from '../../src/model/judge-failure.ts';

const A = { id: 'a' };
const B = { id: 'b' };
const FAILURE: FailureVerdict = { code: 'provider_error', tryNext: true, coolDownMs: null };

let now = 0;
let health: CandidateHealth;
beforeEach(() => {
  now = 1_000_000;
  health = candidateHealth(() => now);
});
const order = () =>
  health
    .order([A, B])
    .map(({ id }) => id)
    .join('');

test('two failures change nothing, the third within 30 s puts a model last for 30 s', () => {
  health.failed('a', FAILURE);
  health.failed('a', FAILURE);
  expect(order()).toBe('ab');
  health.failed('a', FAILURE);
  expect(order()).toBe('ba');
  now += 29_999;
  expect(order()).toBe('ba');
  now += 1;
  expect(order()).toBe('ab');
});

test('failures that are 30 s apart do not add up', () => {
  for (let times = 0; times < 5; times++) {
    health.failed('a', FAILURE);
    now += 15_001;
  }
  expect(order()).toBe('ab');
});

test('after it cooled down, one more failure is enough, and one success forgives all', () => {
  for (let times = 0; times < 3; times++) health.failed('a', FAILURE);
  now += 30_000;
  health.failed('a', FAILURE);
  expect(order()).toBe('ba');
  now += 30_000;
  health.succeeded('a');
  health.failed('a', FAILURE);
  expect(order()).toBe('ab');
});

test('a model that asks for time gets it at once', () => {
  health.failed('a', { ...FAILURE, coolDownMs: 2000 });
  expect(order()).toBe('ba');
  now += 2000;
  expect(order()).toBe('ab');
});

test('a refused prompt says nothing about the model', () => {
  for (let times = 0; times < 9; times++) health.failed('a', { ...FAILURE, tryNext: false });
  expect(order()).toBe('ab');
});

test('when all cool down, all are still tried, in their order', () => {
  health.failed('a', { ...FAILURE, coolDownMs: 5000 });
  health.failed('b', { ...FAILURE, coolDownMs: 1000 });
  expect(order()).toBe('ab');
});
