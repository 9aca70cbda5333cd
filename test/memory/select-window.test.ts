import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateTokens } from '../../src/memory/estimate-tokens.ts';
import type { WindowLimits } from '../../src/memory/recollection.ts';
import { selectWindow } from '../../src/memory/select-window.ts';
import type { StoredMessage } from '../../src/memory/stored-message.ts';
import { calling, stored } from './stored-messages.ts';

const history = fc
  .array(fc.oneof(fc.constantFrom<'user' | 'assistant'>('user', 'assistant'), fc.integer({ min: 0, max: 3000 })), {
    maxLength: 30,
  })
  .map((kinds) =>
    kinds.map((kind, index) => (typeof kind === 'number' ? calling(index + 1, kind) : stored(kind, index + 1))),
  );
const messages = fc.integer({ min: 1, max: 40 });
const plenty = (limit: number): WindowLimits => ({ messages: limit, tokens: 1_000_000 });
const tokensOf = (window: readonly StoredMessage[]) =>
  window.reduce((sum, { message }) => sum + estimateTokens(message), 0);

test('the window is a suffix of the history, begins with a question and keeps within both limits', () => {
  fc.assert(
    fc.property(history, messages, fc.integer({ min: 10, max: 3000 }), (all, limit, tokens) => {
      const window = selectWindow(all, { messages: limit, tokens }, null).messages;
      const positions = window.map(({ position }) => position);
      expect(positions).toEqual(all.slice(all.length - window.length).map(({ position }) => position));
      expect(window.length).toBeLessThanOrEqual(limit);
      expect(tokensOf(window)).toBeLessThanOrEqual(tokens);
      expect(window[0]?.message.role ?? 'user').toBe('user');
    }),
  );
});

test('where tokens are plenty the window is the longest of that kind, and nothing is elided', () => {
  fc.assert(
    fc.property(history, messages, (all, limit) => {
      const window = selectWindow(all, plenty(limit), null).messages;
      const longer = all.slice(Math.max(0, all.length - limit), all.length - window.length);
      expect(longer.some(({ message }) => message.role === 'user')).toBe(false);
      expect(window).toEqual(all.slice(all.length - window.length));
    }),
  );
});

test('a window that still fits stays where it is', () => {
  fc.assert(
    fc.property(history, messages, fc.integer({ min: 10, max: 3000 }), (all, limit, tokens) => {
      const limits = { messages: limit, tokens };
      const { place, messages: window } = selectWindow(all, limits, null);
      expect(selectWindow(all, limits, place)).toEqual({ place, messages: window });
    }),
  );
});

test('outputs of tools give way before turns do, the newest ones last', () => {
  const all = [1, 3, 5, 7].flatMap((position) => [stored('user', position), calling(position + 1, 2000)]);
  const lengths = (tokens: number) =>
    selectWindow(all, { messages: 20, tokens }, null).messages.map(
      ({ message }) => JSON.stringify(message).length > 1000,
    );
  expect(lengths(3000)).toEqual([false, true, false, true, false, true, false, true]);
  expect(lengths(1500)).toEqual([false, false, false, false, false, true, false, true]);
  expect(lengths(1100)).toEqual([false, false, false, true, false, true]);
  expect(lengths(200)).toEqual([false, false, false, false]);
});

test('a turn that is larger than the limit is left out whole', () => {
  const all = [stored('user', 1), stored('assistant', 2), stored('user', 3)];
  for (let position = 4; position < 9; position += 1) all.push(stored('assistant', position));
  expect(selectWindow(all, plenty(4), null).messages).toEqual([]);
});
