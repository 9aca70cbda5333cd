import { expect, test } from 'vitest';
import { streamEncoder } from '../../src/wire/stream-formats.ts';
import { encodeTurn, TURN } from './encode-turn.ts';
import { FAIL, FINISH, NEXT_STEP, RESTART, START, STOP, text, TOOL_TURN } from './scripted-turns.ts';

test('a turn with tools: its text, a blank line between steps', () => {
  expect(encodeTurn('text', TOOL_TURN)).toBe('سلام {😀}\n\nFound it.');
});

test.each([
  ['an answer', FINISH],
  ['a stop', STOP],
  ['a failure', FAIL],
])('nothing is said of how a turn ended: %s', (_what, ending) => {
  expect(encodeTurn('text', [...START, ...text('w'), ...ending])).toBe('w');
});

test('steps without text leave no blank line at the start, at the end or twice', () => {
  const silent = [...NEXT_STEP, ...NEXT_STEP];
  expect(encodeTurn('text', [...START, ...silent, ...text('a', ''), ...silent, ...text('b'), ...silent])).toBe(
    'a\n\nb',
  );
});

test('a restarted step is set off with a rule, once, and not at all when it had no text', () => {
  const again = [...RESTART, ...RESTART];
  expect(encodeTurn('text', [...START, ...text('a'), ...again, ...text('b'), ...FINISH])).toBe('a\n\n---\n\nb');
  expect(encodeTurn('text', [...START, ...again, ...text('b'), ...FINISH])).toBe('b');
  expect(encodeTurn('text', [...START, ...text('a'), ...NEXT_STEP, ...again, ...text('b')])).toBe('a\n\nb');
  expect(encodeTurn('text', [...START, ...text('a'), ...again, ...NEXT_STEP, ...text('b')])).toBe('a\n\n---\n\nb');
  expect(encodeTurn('text', [...START, ...text('a'), ...again, ...FINISH])).toBe('a');
});

test('plain text has no room for a heartbeat', () => {
  expect(streamEncoder('text', TURN).heartbeat()).toBe('');
});
