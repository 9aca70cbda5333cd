import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { chatView, shownPath, storedPath, WHOLE_WORKSPACE } from '../../src/workspace/workspace-view.ts';

const name = fc.oneof(fc.constantFrom('sessions', 'shared', 'one', 'other'), fc.stringMatching(/^[\wéس.]{1,6}$/));
const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((names) => names.join('/'));
const view = chatView('one');

function storedOrNull(wanted: string): string | null {
  try {
    return storedPath(view, wanted);
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_path') return null;
    throw error;
  }
}

test('a chat reaches its own folder and what belongs to no chat, each file under one path', () => {
  let reached = 0;
  fc.assert(
    fc.property(path, (wanted) => {
      const stored = storedOrNull(wanted);
      if (stored === null) return;
      reached += 1;
      expect(stored.startsWith('sessions/')).toBe(!wanted.startsWith('shared/'));
      expect(stored.startsWith('sessions/one/')).toBe(stored.startsWith('sessions/'));
      expect(shownPath(view, stored)).toBe(wanted);
    }),
    { numRuns: 2000 },
  );
  expect(reached).toBeGreaterThan(500);
});

test('outside of chats paths are as they are stored', () => {
  fc.assert(
    fc.property(path, (wanted) => {
      expect(storedPath(WHOLE_WORKSPACE, wanted)).toBe(wanted);
      expect(shownPath(WHOLE_WORKSPACE, wanted)).toBe(wanted);
    }),
  );
});
