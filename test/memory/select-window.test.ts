import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { selectWindow } from '../../src/memory/select-window.ts';
import type { StoredMessage } from '../../src/memory/stored-message.ts';

function stored(role: 'user' | 'assistant', position: number): StoredMessage {
  return {
    v: 1,
    id: `m${position}`,
    turn_id: `t${position}`,
    position,
    status: 'complete',
    model: null,
    usage: null,
    created_at: '2026-11-21T00:00:00.000Z',
    message: { id: `m${position}`, role, parts: [{ type: 'text', text: 'x' }] },
  };
}

const history = fc
  .array(fc.constantFrom<'user' | 'assistant'>('user', 'assistant'), { maxLength: 30 })
  .map((roles) => roles.map((role, index) => stored(role, index + 1)));

test('the window is a suffix of the history, begins with a question and keeps within the limit', () => {
  fc.assert(
    fc.property(history, fc.integer({ min: 1, max: 40 }), (messages, limit) => {
      const window = selectWindow(messages, limit);
      expect(window).toEqual(messages.slice(messages.length - window.length));
      expect(window.length).toBeLessThanOrEqual(limit);
      expect(window[0]?.message.role ?? 'user').toBe('user');
    }),
  );
});

test('the window is the longest of that kind', () => {
  fc.assert(
    fc.property(history, fc.integer({ min: 1, max: 40 }), (messages, limit) => {
      const window = selectWindow(messages, limit);
      const longer = messages.slice(Math.max(0, messages.length - limit), messages.length - window.length);
      expect(longer.every(({ message }) => message.role !== 'user')).toBe(true);
    }),
  );
});

test('an answer whose question does not fit is left out with it', () => {
  const messages = [stored('user', 1), stored('assistant', 2), stored('user', 3), stored('assistant', 4)];
  expect(selectWindow(messages, 3).map(({ position }) => position)).toEqual([3, 4]);
});
