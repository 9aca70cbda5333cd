import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageOfSessions, parseCursor, type IndexedSession } from '../../src/memory/page-of-sessions.ts';

const newestFirst = (one: IndexedSession, other: IndexedSession) =>
  other.createdAt - one.createdAt || (one.id < other.id ? 1 : -1);

const sessions = fc
  .uniqueArray(
    fc.record({ id: fc.string({ minLength: 1, maxLength: 4 }), createdAt: fc.integer({ min: 0, max: 5 }) }),
    {
      selector: ({ id }) => id,
      maxLength: 25,
    },
  )
  .map((items) => items.toSorted(newestFirst));

test('pages read one after the other show every session once, also those that share a millisecond', () => {
  fc.assert(
    fc.property(sessions, fc.integer({ min: 1, max: 7 }), (all, limit) => {
      const seen: IndexedSession[] = [];
      let cursor: string | null = null;
      do {
        const after: IndexedSession | null = cursor === null ? null : parseCursor(cursor);
        const from = after ? all.filter(({ createdAt }) => createdAt <= after.createdAt) : all;
        const result = pageOfSessions(from, limit, after);
        seen.push(...result.page);
        cursor = result.cursor;
      } while (cursor !== null);
      expect(seen).toEqual(all);
    }),
  );
});

test('what is not a cursor is told apart', () => {
  expect(parseCursor('17-abc')).toEqual({ createdAt: 17, id: 'abc' });
  expect(parseCursor('abc')).toBeNull();
  expect(parseCursor('17-')).toBeNull();
});
