import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  comparePlaces,
  formatCursor,
  pageOfSessions,
  parseCursor,
  type ListPlace,
} from '../../src/memory/page-of-sessions.ts';

const sessions = fc
  .uniqueArray(fc.record({ id: fc.string({ minLength: 1, maxLength: 4 }), time: fc.integer({ min: 0, max: 5 }) }), {
    selector: ({ id }) => id,
    maxLength: 25,
  })
  .map((items) => items.toSorted(comparePlaces));

test('pages read one after the other show every session once, also those that share a millisecond', () => {
  fc.assert(
    fc.property(sessions, fc.integer({ min: 1, max: 7 }), (all, limit) => {
      const seen: ListPlace[] = [];
      let cursor: string | null = null;
      do {
        const before: ListPlace | null = cursor === null ? null : parseCursor(cursor);
        const from = before ? all.filter(({ time }) => time <= before.time) : all;
        const result = pageOfSessions(from, limit, before);
        seen.push(...result.page);
        const last = result.page.at(-1);
        cursor = result.more && last ? formatCursor(last) : null;
      } while (cursor !== null);
      expect(seen).toEqual(all);
    }),
  );
});

test('what is not a cursor is told apart', () => {
  expect(parseCursor('17-abc')).toEqual({ time: 17, id: 'abc' });
  expect(parseCursor('abc')).toBeNull();
  expect(parseCursor('17-')).toBeNull();
});
