import { afterAll, beforeAll, expect, test } from 'vitest';
import { upstashArchive } from '../../src/archive/archive-upstash.ts';
import { upstashOutbox } from '../../src/archive/outbox-upstash.ts';
import { reopenSession } from '../../src/archive/reopen-session.ts';
import { journalUnderTest } from '../journal/journal-under-test.ts';
import { messageEntry } from './archives-under-test.ts';

let world: Awaited<ReturnType<typeof journalUnderTest>>;
beforeAll(async () => void (world = await journalUnderTest()));
afterAll(() => world.close());

const reopen = (id: string, owner: string) =>
  reopenSession(
    { archive: upstashArchive(world), outbox: upstashOutbox(world), live: world.sessions(owner), keep: 4 },
    id,
    owner,
  );

async function archived(owner: string, count = 3): Promise<string> {
  const id = crypto.randomUUID();
  const entries = Array.from({ length: count }, (_, index) => messageEntry(id, index + 1, { owner }));
  await upstashArchive(world).write(entries);
  return id;
}

test('a session that belongs to somebody is taken back for its owner alone', async () => {
  const id = await archived('key:ann');
  expect(await reopen(id, 'key:bob')).toBe(false);
  expect(await world.sessions('key:ann').get(id)).toBeNull();
  expect(await reopen(id, 'key:ann')).toBe(true);
  expect(await world.sessions('key:bob').get(id)).toBeNull();
  expect(await world.sessions('key:ann').get(id)).toMatchObject({ session: { owner: 'key:ann' }, messageCount: 3 });
});

test('a session of a visitor is open to whoever knows its id, as it was before, and stays its owner’s', async () => {
  const id = await archived('anonymous:ann');
  expect(await reopen(id, 'anonymous:bob')).toBe(true);
  expect(await world.sessions('anonymous:eve').get(id)).toMatchObject({ session: { owner: 'anonymous:ann' } });
  expect((await world.sessions('anonymous:bob').page({ limit: 9, before: null })).sessions).toEqual([]);
  expect((await world.sessions('anonymous:ann').page({ limit: 9, before: null })).sessions).toHaveLength(1);
});

test('of calls at the same time one takes it back, with the last messages and the next place', async () => {
  const id = await archived('key:ann', 9);
  const answers = await Promise.all(Array.from({ length: 10 }, () => reopen(id, 'key:ann')));
  expect(answers).toEqual(answers.map(() => true));
  const session = await world.sessions('key:ann').read(id);
  expect(session?.messages.map(({ position }) => position)).toEqual([6, 7, 8, 9]);
  expect(session?.messageCount).toBe(9);
});

test('what waits for the archive is there first, and the place of a dead letter stays free', async () => {
  const id = await archived('key:ann', 2);
  const add = (position: number) =>
    world.redis.xadd(world.keys.outbox, '*', {
      entry: JSON.stringify(messageEntry(id, position, { owner: 'key:ann' })),
    });
  await add(3);
  const dead = await add(4);
  await upstashOutbox(world).bury(dead, { tries: 1, reason: 'a test', now: 0 });
  expect(await reopen(id, 'key:ann')).toBe(true);
  const session = await world.sessions('key:ann').read(id);
  expect(session?.messages.map(({ position }) => position)).toEqual([1, 2, 3]);
  expect(session?.messageCount).toBe(4);
});
