import { and, arrayContains, desc, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { describePostgres } from './postgres-engines.ts';
import { createSamples, dropSamples, samples } from './sample-table.ts';

describePostgres('Postgres through drizzle over HTTP', ({ database }) => {
  beforeAll(() => createSamples(database()));
  beforeEach(async () => {
    await database().delete(samples);
  });
  afterAll(() => dropSamples(database()));

  test('every type comes back as it was written', async () => {
    const row = {
      id: crypto.randomUUID(),
      title: 'سلام "x" \\ 👩‍👩‍👧',
      tags: ['a', 'b,c', '{}', '"q"', 'null', ''],
      body: { list: [1, 'two', null], nested: { é: true } },
      tokens: 9_007_199_254_740_993n,
      score: 7,
      done: true,
      createdAt: new Date('2026-11-21T10:11:12.345Z'),
      parentId: null,
    };
    expect(await database().insert(samples).values(row).returning()).toEqual([row]);
    expect(await database().select().from(samples)).toEqual([row]);
  });

  test('defaults are filled in by the database', async () => {
    const [row] = await database().insert(samples).values({ title: 'only a title' }).returning();
    expect(row).toMatchObject({ tags: [], body: null, done: false, createdAt: expect.any(Date) });
    expect(row?.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('rows are found, ordered and counted', async () => {
    await database()
      .insert(samples)
      .values([
        { title: 'one', score: 1, tags: ['x'] },
        { title: 'two', score: 2, tags: ['x', 'y'] },
        { title: 'three', score: 3 },
      ]);
    const tagged = database().select({ title: samples.title }).from(samples);
    expect(await tagged.where(arrayContains(samples.tags, ['x'])).orderBy(desc(samples.score))).toEqual([
      { title: 'two' },
      { title: 'one' },
    ]);
    expect(await database().$count(samples, and(eq(samples.done, false), eq(samples.score, 3)))).toBe(1);
  });

  test('an update returns what it changed, and says how many rows', async () => {
    await database()
      .insert(samples)
      .values([{ title: 'one' }, { title: 'two' }]);
    const changed = database().update(samples).set({ score: 5 }).where(eq(samples.title, 'one'));
    expect(await changed.returning({ title: samples.title, score: samples.score })).toEqual([
      { title: 'one', score: 5 },
    ]);
    expect(await database().update(samples).set({ score: 6 })).toMatchObject({ command: 'UPDATE', rowCount: 2 });
  });

  test('a row that is there already is left alone or changed, as asked', async () => {
    const row = { id: crypto.randomUUID(), title: 'same' };
    const insert = (score: number) =>
      database()
        .insert(samples)
        .values({ ...row, score });
    await insert(1);
    expect(await insert(2).onConflictDoNothing().returning()).toEqual([]);
    const [updated] = await insert(3)
      .onConflictDoUpdate({ target: samples.id, set: { score: 3 } })
      .returning();
    expect(updated?.score).toBe(3);
  });

  test('JSON is searched inside the database', async () => {
    await database()
      .insert(samples)
      .values({ title: 'json', body: { model: 'demo', usage: { total: 12 } } });
    const total = sql<number>`(${samples.body} #>> '{usage,total}')::int`;
    const rows = await database()
      .select({ total })
      .from(samples)
      .where(sql`${samples.body} @> ${{ model: 'demo' }}`);
    expect(rows).toEqual([{ total: 12 }]);
  });

  test('raw rows are objects with the types that the fields say', async () => {
    const result = await database().execute(
      sql`select 1 as one, 2.5::float8 as half, ${'text'}::text as text, null as nothing, array[1, 2] as list`,
    );
    expect(result.rows).toEqual([{ one: 1, half: 2.5, text: 'text', nothing: null, list: [1, 2] }]);
    expect(result.fields.map(({ name, dataTypeID }) => [name, dataTypeID])).toEqual([
      ['one', 23],
      ['half', 701],
      ['text', 25],
      ['nothing', 25],
      ['list', 1007],
    ]);
  });

  test('thirty queries side by side each get their own rows', async () => {
    const numbers = Array.from({ length: 30 }, (_, index) => index);
    const results = await Promise.all(numbers.map((n) => database().execute(sql`select ${n}::int as n`)));
    expect(results.map(({ rows }) => rows[0])).toEqual(numbers.map((n) => ({ n })));
  });
});
