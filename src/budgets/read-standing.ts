import type { Standing } from './budget.ts';

/** What the scripts answer of each budget: used, reserved, used, reserved… */
export function readStanding(numbers: readonly number[]): Standing[] {
  return Array.from({ length: numbers.length / 2 }, (_, index) => ({
    used: numbers[2 * index] ?? 0,
    reserved: numbers[2 * index + 1] ?? 0,
  }));
}
