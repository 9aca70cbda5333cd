import { expect, test } from 'vitest';
import type { ListPlace } from '../../src/memory/page-of-sessions.ts';
import { deletedEntry, describeArchives, messageEntry } from './archives-under-test.ts';

const newId = (name: string) => `${name}-${crypto.randomUUID()}`;
const START = Date.parse('2026-11-21T10:00:00Z');

describeArchives((archive) => {
  test('gives back a session and its messages as they were written', async () => {
    const id = newId('whole');
    const entries = [1, 2, 3].map((position) => messageEntry(id, position, { text: `سلام ${position}` }));
    await archive().write(entries);
    expect(await archive().find(id)).toEqual({
      session: entries[0]?.session,
      lastActivity: START + 3000,
      messageCount: 3,
    });
    const written = entries.map(({ message }) => message);
    expect(await archive().messages(id, { after: 0, limit: 10 })).toEqual(written);
    expect(await archive().messages(id, { after: 1, limit: 1 })).toEqual(written.slice(1, 2));
    expect(await archive().latest(id, 2)).toEqual(written.slice(1));
    expect(await archive().find(newId('nobody'))).toBeNull();
    expect(await archive().latest(newId('nobody'), 5)).toEqual([]);
  });

  test('reads a thread in order and once, in whatever order and however often it was delivered', async () => {
    const id = newId('order');
    for (const position of [4, 1, 3, 1, 2, 4]) await archive().write([messageEntry(id, position)]);
    await Promise.all([6, 5, 6, 5].map((position) => archive().write([messageEntry(id, position)])));
    const positions = (await archive().messages(id, { after: 0, limit: 10 })).map(({ position }) => position);
    expect(positions).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await archive().find(id)).toMatchObject({ lastActivity: START + 6000, messageCount: 6 });
  });

  test('the newest settings win, whichever arrives last', async () => {
    const id = newId('settings');
    const { session } = messageEntry(id, 1, { title: 'Newer', revision: 2, memoryLimit: 4 });
    await archive().write([messageEntry(id, 1), { kind: 'session', session }]);
    await archive().write([messageEntry(id, 2, { title: 'Older', revision: 1 })]);
    expect(await archive().find(id)).toMatchObject({
      session: { title: 'Newer', revision: 2, memoryLimit: 4 },
      lastActivity: START + 2000,
    });
  });

  test('nobody writes into a session of somebody else', async () => {
    const id = newId('taken');
    await archive().write([messageEntry(id, 1)]);
    await archive().write([messageEntry(id, 2, { owner: 'user:eve', title: 'Mine', revision: 9 })]);
    expect(await archive().find(id)).toMatchObject({
      session: { owner: 'user:ann', title: 'A title' },
      messageCount: 1,
    });
    expect(await archive().list('user:eve', { limit: 9, before: null })).toEqual([]);
  });

  test('an erased session is gone, and stays gone when its messages come late', async () => {
    const id = newId('erased');
    const owner = newId('owner');
    await archive().write([messageEntry(id, 1, { owner }), deletedEntry(id)]);
    await archive().write([messageEntry(id, 2, { owner }), deletedEntry(id)]);
    expect(await archive().find(id)).toBeNull();
    expect(await archive().messages(id, { after: 0, limit: 9 })).toEqual([]);
    expect(await archive().list(owner, { limit: 9, before: null })).toEqual([]);
    const overtaken = newId('overtaken');
    await archive().write([deletedEntry(overtaken)]);
    await archive().write([messageEntry(overtaken, 1, { owner })]);
    expect(await archive().find(overtaken)).toBeNull();
    expect(await archive().messages(overtaken, { after: 0, limit: 9 })).toEqual([]);
  });

  test.each(['keep', 'anonymise'] as const)(
    'a deleted session of which we %s the messages is not found any more',
    async (choice) => {
      const id = newId(choice);
      const owner = newId('owner');
      await archive().write([messageEntry(id, 1, { owner }), deletedEntry(id, choice), messageEntry(id, 2, { owner })]);
      expect(await archive().find(id)).toBeNull();
      expect(await archive().list(owner, { limit: 9, before: null })).toEqual([]);
      expect((await archive().search(owner, { words: ['hello'], limit: 9, before: null })).found).toEqual([]);
      expect(await archive().messages(id, { after: 0, limit: 9 })).toHaveLength(2);
    },
  );

  test('lists an owner’s sessions by their last activity, page by page, with ties by id', async () => {
    const owner = newId('owner');
    const ids = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}-${owner}`);
    for (const [index, id] of ids.entries())
      await archive().write([messageEntry(id, Math.ceil(index / 2) + 1, { owner })]);
    await archive().write([messageEntry(newId('other'), 1)]);
    const seen: string[] = [];
    let before: ListPlace | null = null;
    do {
      const page = await archive().list(owner, { limit: 2, before });
      seen.push(...page.map(({ session }) => session.id));
      const last = page.at(-1);
      before = last ? { time: last.lastActivity, id: last.session.id } : null;
    } while (before);
    expect(seen).toEqual(['e', 'd', 'c', 'b', 'a'].map((name) => `${name}-${owner}`));
  });

  test('searches an owner’s messages: all words, the last one by its beginning, either spelling of a letter', async () => {
    const owner = newId('owner');
    const [one, two] = [`1-${owner}`, `2-${owner}`];
    await archive().write([
      messageEntry(one, 1, { owner, text: 'A BLUE whale, singing' }),
      messageEntry(one, 2, { owner, text: 'whales are blue' }),
      messageEntry(one, 3, { owner, text: 'كتاب‌هاي قديمي' }),
      messageEntry(two, 4, { owner, text: 'the blue whale again' }),
      messageEntry(newId('other'), 1, { text: 'blue whale of somebody else' }),
    ]);
    const search = async (...words: string[]) =>
      (await archive().search(owner, { words, limit: 9, before: null })).found.map(({ message }) => message.position);
    expect(await search('blue', 'whal')).toEqual([4, 2, 1]);
    expect(await search('whal', 'blue')).toEqual([]);
    expect(await search('کتاب', 'قدیم')).toEqual([3]);
    expect(await search('green')).toEqual([]);

    const first = await archive().search(owner, { words: ['blue'], limit: 1, before: null });
    const second = await archive().search(owner, { words: ['blue'], limit: 1, before: first.next });
    const third = await archive().search(owner, { words: ['blue'], limit: 9, before: second.next });
    const pages = [first, second, third].map(({ found }) =>
      found.map(({ sessionId, message }) => [sessionId, message.position]),
    );
    expect(pages).toEqual([[[two, 4]], [[one, 2]], [[one, 1]]]);
    expect(third.next).toBeNull();
  });

  test('prunes what has rested for longest, a few at a time, and nothing else', async () => {
    const owner = newId('owner');
    const old = [1, 2, 3].map((position) => `${position}-${owner}`);
    // Long before any other session of this suite.
    const age = (entry: ReturnType<typeof messageEntry>) => {
      entry.message.created_at = `2020-01-0${entry.message.position}T00:00:00.000Z`;
      entry.session.createdAt = Date.parse('2020-01-01T00:00:00Z');
      return entry;
    };
    await archive().write(old.map((id, index) => age(messageEntry(id, index + 1, { owner }))));
    await archive().write([messageEntry(`young-${owner}`, 1, { owner })]);
    const cutoff = Date.parse('2020-02-01T00:00:00Z');
    expect(await archive().prune(cutoff, 2)).toBe(2);
    expect(await archive().prune(cutoff, 2)).toBe(1);
    expect(await archive().prune(cutoff, 2)).toBe(0);
    const left = await archive().list(owner, { limit: 9, before: null });
    expect(left.map(({ session }) => session.id)).toEqual([`young-${owner}`]);
    expect(await archive().messages(old[0] ?? '', { after: 0, limit: 9 })).toEqual([]);
  });
});
