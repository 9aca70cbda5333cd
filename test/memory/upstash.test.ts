import { afterAll, beforeAll, expect, test } from 'vitest';
import { journalUnderTest, newSession } from '../journal/journal-under-test.ts';

let world: Awaited<ReturnType<typeof journalUnderTest>>;
beforeAll(async () => {
  world = await journalUnderTest();
});
afterAll(() => world.close());

async function created(): Promise<string> {
  const id = crypto.randomUUID();
  await world.sessions().create(newSession(id));
  return id;
}

test('changes made at the same time all count', async () => {
  const id = await created();
  await Promise.all([
    world.sessions().change(id, { title: 'a title' }),
    world.sessions().change(id, { memoryLimit: 4 }),
    world.sessions().change(id, { metadata: { changed: true } }),
    world.sessions().change(id, { systemPrompt: 'a prompt' }),
  ]);
  expect((await world.sessions().get(id))?.session).toMatchObject({
    title: 'a title',
    memoryLimit: 4,
    metadata: { changed: true },
    systemPrompt: 'a prompt',
  });
});

test('what does not exist, or belongs to somebody else, is not changed and not deleted', async () => {
  expect(await world.sessions().change('nowhere', { title: 'x' })).toBeNull();
  expect(await world.sessions().remove('nowhere')).toBe(false);
  const id = crypto.randomUUID();
  await world.sessions('user:ann').create(newSession(id, 'user:ann'));
  expect(await world.sessions('user:bob').change(id, { title: 'x' })).toBeNull();
  expect(await world.sessions('user:bob').remove(id)).toBe(false);
  expect((await world.sessions('user:ann').get(id))?.session.title).toBeNull();
});

test('the list is the owner’s alone, newest first, page by page, without sessions that are gone', async () => {
  const owner = 'anonymous:lister';
  const ids: string[] = [];
  for (const age of [3, 2, 1, 0]) {
    const id = `listed-${age}-${crypto.randomUUID()}`;
    await world.sessions(owner).create({ ...newSession(id, owner), createdAt: 1_000_000 - age });
    ids.unshift(id);
  }
  await world.redis.del(world.keys.session(ids[1] ?? ''));
  const first = await world.sessions(owner).page({ limit: 3, before: null });
  const second = await world.sessions(owner).page({ limit: 3, before: first.reachesTo });
  expect(first.sessions.map(({ details }) => details.session.id)).toEqual([ids[0], ids[2]]);
  expect(second).toMatchObject({ sessions: [{ details: { session: { id: ids[3] } } }], reachesTo: null });
});
