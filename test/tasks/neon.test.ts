import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/archive/neon-database.ts';
import { neonTaskStore } from '../../src/tasks/neon.ts';
import { openTestDatabase } from '../archive/database-under-test.ts';

let database: Database;
let close: () => Promise<void>;
beforeAll(async () => ({ database, close } = await openTestDatabase()), 60_000);
afterAll(() => close());

/** The database may be one that has seen this suite before. */
const run = crypto.randomUUID();
const storeOf = (owner: string) => neonTaskStore(database, `${run} ${owner}`);
const add = (owner: string, title: string, description: string | null = null) =>
  storeOf(owner).add({ title, description });

test('a new task is pending and has its times in UTC', async () => {
  const task = await add('new', 'Buy milk', '2 litres');
  expect(task).toEqual({
    id: expect.any(Number),
    title: 'Buy milk',
    description: '2 litres',
    completed: false,
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    updatedAt: task.createdAt,
  });
  expect(await storeOf('new').get(task.id)).toEqual(task);
});

test('lists are newest first and filtered by state', async () => {
  const store = storeOf('list');
  const [one, two, three] = [await add('list', 'one'), await add('list', 'two'), await add('list', 'three')];
  await store.update(two.id, { completed: true });
  const titles = async (filter: 'all' | 'pending' | 'completed') => (await store.list(filter)).map(({ id }) => id);
  expect(await titles('all')).toEqual([three.id, two.id, one.id]);
  expect(await titles('pending')).toEqual([three.id, one.id]);
  expect(await titles('completed')).toEqual([two.id]);
});

test('a change touches only what it names', async () => {
  const store = storeOf('change');
  const { id } = await add('change', 'before', 'text');
  expect(await store.update(id, { title: 'after' })).toMatchObject({ title: 'after', description: 'text' });
  expect(await store.update(id, { description: null })).toMatchObject({ title: 'after', description: null });
  expect(await store.update(id, { completed: true })).toMatchObject({ title: 'after', completed: true });
  const unchanged = await store.update(id, {});
  expect(unchanged).toMatchObject({ title: 'after', description: null, completed: true });
});

test('a task of somebody else does not exist', async () => {
  const { id } = await add('mine', 'private');
  const stranger = storeOf('stranger');
  expect([
    await stranger.get(id),
    await stranger.update(id, { title: 'taken' }),
    await stranger.remove(id),
    await stranger.list('all'),
  ]).toEqual([null, null, null, []]);
  expect(await storeOf('mine').get(id)).toMatchObject({ title: 'private' });
});

test('a removed task is answered once and then gone', async () => {
  const store = storeOf('remove');
  const task = await add('remove', 'short');
  expect(await store.remove(task.id)).toEqual(task);
  expect(await store.remove(task.id)).toBeNull();
});

test.each([0, -1, 1.5, 2 ** 31, Number.NaN])('%d is the id of no task', async (id) => {
  const store = storeOf('ids');
  expect([await store.get(id), await store.update(id, { completed: true }), await store.remove(id)]).toEqual([
    null,
    null,
    null,
  ]);
});

test('a NUL character does not stop a task from being stored', async () => {
  expect(await add('nul', 'a\u0000b', 'c\u0000')).toMatchObject({ title: 'a\uFFFDb', description: 'c\uFFFD' });
});

test('tasks that are added at the same time get different ids', async () => {
  const added = await Promise.all(Array.from({ length: 8 }, (_, index) => add('crowd', `task ${index}`)));
  expect(new Set(added.map(({ id }) => id)).size).toBe(8);
});
