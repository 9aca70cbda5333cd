import { neon } from '@neondatabase/serverless';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { describePostgres } from './postgres-engines.ts';
import { createSamples, dropSamples, SAMPLES, samples } from './sample-table.ts';

describePostgres('Postgres batches and errors over HTTP', ({ database, local }) => {
  beforeAll(() => createSamples(database()));
  beforeEach(async () => {
    await database().delete(samples);
  });
  afterAll(() => dropSamples(database()));

  const insert = (title: string, more: object = {}) =>
    database()
      .insert(samples)
      .values({ title, ...more });

  test('a batch is one transaction, and later statements see earlier ones', async () => {
    const [, rows] = await database().batch([insert('one'), database().select().from(samples), insert('two')]);
    expect(rows.map(({ title }) => title)).toEqual(['one']);
    expect(await database().$count(samples)).toBe(2);
  });

  // drizzle hands on the error of a batch as it came; that of a single query it wraps, with the error as the cause.
  test('a batch whose second statement fails leaves nothing behind, and tells the SQLSTATE', async () => {
    const failed = database().batch([insert('twice'), insert('twice'), insert('never')]);
    await expect(failed).rejects.toMatchObject({ code: '23505', constraint: `${SAMPLES}_title` });
    expect(await database().$count(samples)).toBe(0);
  });

  test('a rule that is checked at the end of the batch undoes it', async () => {
    const failed = database().batch([insert('orphan', { parentId: crypto.randomUUID() })]);
    await expect(failed).rejects.toMatchObject({ code: '23503' });
    expect(await database().$count(samples)).toBe(0);
  });

  test('an error carries the fields that Postgres gives', async () => {
    await expect(insert('negative', { score: -1 }).execute()).rejects.toMatchObject({
      cause: {
        code: '23514',
        severity: 'ERROR',
        schema: 'public',
        table: SAMPLES,
        constraint: `${SAMPLES}_score_check`,
        detail: expect.stringContaining('Failing row contains'),
      },
    });
    await expect(database().execute(sql.raw(`select nosuch from ${SAMPLES}`))).rejects.toMatchObject({
      cause: { code: '42703', position: '8', hint: undefined },
    });
    await expect(database().execute(sql`select ${'no uuid'}::uuid`)).rejects.toMatchObject({
      cause: { code: '22P02' },
    });
  });

  test('two statements in one query are refused', async () => {
    const failed = database().execute(sql.raw('select 1; select 2'));
    await expect(failed).rejects.toMatchObject({ cause: { code: '42601' } });
  });

  test.each([
    ['ReadUncommitted', 'read uncommitted'],
    ['ReadCommitted', 'read committed'],
    ['RepeatableRead', 'repeatable read'],
    ['Serializable', 'serializable'],
  ] as const)('a batch runs under %s', async (isolationLevel, shown) => {
    const client = neon(local().url);
    const batch = client.transaction([client`show transaction_isolation`], { isolationLevel });
    expect(await batch).toEqual([[{ transaction_isolation: shown }]]);
  });

  test('a read-only batch cannot write', async () => {
    const client = neon(local().url);
    const batch = client.transaction([client.query(`delete from ${SAMPLES}`)], { readOnly: true });
    await expect(batch).rejects.toMatchObject({ code: '25006' });
  });

  test('an isolation level that does not exist is refused', async () => {
    const response = await post({ queries: [] }, { 'neon-batch-isolation-level': 'Snapshot' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ message: 'invalid isolation level', code: null });
  });

  test('a transaction that a request leaves open is gone before the next', async () => {
    await database().execute(sql`begin`);
    await insert('after');
    await database().execute(sql`rollback`);
    expect(await database().$count(samples)).toBe(1);
  });

  test('the wrong password and the wrong database are refused', async () => {
    await expect(ask('password', 'wrong')).rejects.toMatchObject({ code: '28P01' });
    await expect(ask('pathname', '/nowhere')).rejects.toMatchObject({ code: '3D000' });
  });

  test('JSON parameters become the text that Postgres reads', async () => {
    const params = [12, true, { a: [1] }, ['x', null, '"q"', ['nested']], null];
    const query = 'select $1::int, $2::bool, $3::jsonb, $4::text, $5::text';
    const reply = await (await post({ query, params, arrayMode: true })).json();
    expect(reply).toMatchObject({
      command: 'SELECT',
      rowCount: 1,
      rowAsArray: true,
      rows: [['12', 't', '{"a": [1]}', '{"x",NULL,"\\"q\\"",{"nested"}}', null]],
    });
  });

  function ask(part: 'password' | 'pathname', value: string): Promise<unknown> {
    const url = new URL(local().url);
    url[part] = value;
    return neon(url.href).query('select 1');
  }

  function post(body: object, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(local().endpoint, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'neon-connection-string': local().url, 'neon-raw-text-output': 'true', ...headers },
    });
  }
});
