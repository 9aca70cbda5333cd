import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeThreads, type PartOfList } from '../../src/archive/merge-threads.ts';
import { comparePlaces, type ListPlace } from '../../src/memory/page-of-sessions.ts';

type Session = ListPlace & { archived: boolean };

const sessions = fc
  .uniqueArray(
    fc.record({
      id: fc.string({ minLength: 1, maxLength: 3 }),
      time: fc.integer({ min: 0, max: 6 }),
      archived: fc.boolean(),
    }),
    { selector: ({ id }) => id, maxLength: 30 },
  )
  .map((items) => items.toSorted(comparePlaces));

/** As a store answers: a page that may reach a little further than was asked for. */
function part(all: Session[], before: ListPlace | null, limit: number): PartOfList<Session> {
  const rest = all.filter((item) => !before || comparePlaces(before, item) < 0);
  const page = rest.slice(0, limit);
  return {
    items: page.map((item) => ({ place: item, details: item })),
    reachesTo: rest.length > page.length ? (page.at(-1) ?? null) : null,
  };
}

test('pages read one after the other show the sessions of both lists once and in order', () => {
  fc.assert(
    fc.property(sessions, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 4 }), (all, limit, more) => {
      const seen: Session[] = [];
      let before: ListPlace | null = null;
      do {
        const live = part(
          all.filter(({ archived }) => !archived),
          before,
          limit,
        );
        const archived = part(
          all.filter(({ archived }) => archived),
          before,
          limit + more,
        );
        const merged = mergeThreads(live, archived, limit);
        expect(merged.page.length).toBeLessThanOrEqual(limit);
        seen.push(...merged.page);
        before = merged.next;
      } while (before);
      expect(seen).toEqual(all);
    }),
  );
});
