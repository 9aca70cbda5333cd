import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { leavingMessages, placeUnder, planMove } from '../../src/memory/plan-recollection.ts';
import type { Recollection, WindowLimits } from '../../src/memory/recollection.ts';
import { selectWindow } from '../../src/memory/select-window.ts';
import type { StoredMessage } from '../../src/memory/stored-message.ts';
import { calling, stored } from './stored-messages.ts';

interface Conversation {
  /** Where the window began in each turn, and what it held. */
  windows: { from: number; messages: StoredMessage[] }[];
  moves: number;
}

/** Turn after turn as the Worker does it: the window is selected, the turn answered, the move planned. */
function converse(turns: number, limits: WindowLimits, outputs: readonly number[], summarised: boolean): Conversation {
  const all: StoredMessage[] = [];
  const windows: Conversation['windows'] = [];
  let recollection: Recollection | null = null;
  let moves = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    const history = all.slice(-limits.messages);
    const { messages, place } = selectWindow(history, limits, placeUnder(recollection, limits));
    windows.push({ from: place.from, messages });
    all.push(stored('user', turn * 2 + 1), calling(turn * 2 + 2, outputs[turn % outputs.length] ?? 0));
    const move = planMove([...history, ...all.slice(-2)], limits, recollection, summarised);
    if (!move) continue;
    moves += 1;
    recollection = { v: 1, revision: moves, limits, place: move, summary: null };
  }
  return { windows, moves };
}

const outputs = fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 5 });
const limits = fc.record({ messages: fc.integer({ min: 8, max: 40 }), tokens: fc.integer({ min: 2000, max: 20_000 }) });

test('the window begins where it did, with the same bytes, in every turn but those after a move', () => {
  fc.assert(
    fc.property(limits, outputs, fc.boolean(), (given, sizes, summarised) => {
      const { windows, moves } = converse(60, given, sizes, summarised);
      const breaks = windows.filter(({ messages }, index) => {
        const before = windows[index - 1]?.messages ?? [];
        return JSON.stringify(messages.slice(0, before.length)) !== JSON.stringify(before);
      });
      expect(breaks.length).toBeLessThanOrEqual(moves);
    }),
    { numRuns: 15 },
  );
});

test('a window of 64 messages moves twice in 62 turns, by half when a summary stands for the rest', () => {
  const { windows, moves } = converse(62, { messages: 64, tokens: 1_000_000 }, [10], true);
  expect(moves).toBe(2);
  expect([...new Set(windows.map(({ from }) => from))]).toEqual([1, 33, 65]);
  expect(Math.max(...windows.map(({ messages }) => messages.length))).toBeLessThanOrEqual(64);
});

test('windows of few messages are left to slide', () => {
  expect(converse(20, { messages: 6, tokens: 10_000 }, [10], true).moves).toBe(0);
});

test('what no summary covers yet leaves, also what an earlier failure left behind', () => {
  const all = Array.from({ length: 20 }, (_, index) => stored(index % 2 ? 'assistant' : 'user', index + 1));
  const summary = { text: 's', messageId: 'm4', upTo: 4, model: 'm', createdAt: 0 };
  const recollection = {
    v: 1 as const,
    revision: 1,
    limits: { messages: 10, tokens: 1 },
    place: { from: 9, elidedBefore: 0 },
    summary,
  };
  expect(leavingMessages(all, recollection, 13).map(({ position }) => position)).toEqual([5, 6, 7, 8, 9, 10, 11, 12]);
  expect(leavingMessages(all, null, 3).map(({ position }) => position)).toEqual([1, 2]);
});
