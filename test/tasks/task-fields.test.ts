import { expect, test } from 'vitest';
import { descriptionSchema, titleSchema } from '../../src/tasks/task-fields.ts';

test.each([
  ['  padded ', 'padded'],
  ['x'.repeat(200), 'x'.repeat(200)],
  ['🧾'.repeat(200), '🧾'.repeat(200)],
])('accepts a title of up to 200 characters: %#', (title, stored) => {
  expect(titleSchema.parse(title)).toBe(stored);
});

test.each(['', '   ', 'x'.repeat(201)])('refuses an empty or a longer title: %#', (title) => {
  expect(titleSchema.safeParse(title).success).toBe(false);
});

test('an empty description is none, a too long one is refused', () => {
  expect(descriptionSchema.parse('')).toBeNull();
  expect(descriptionSchema.safeParse('x'.repeat(5001)).success).toBe(false);
});
