import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/archive/neon-database.ts';
import { STATE_TTL_HOURS, STATES_MAX } from '../../src/code/code-limits.ts';
import { neonCodeStates } from '../../src/code/neon.ts';
import { openTestDatabase } from '../archive/database-under-test.ts';

let database: Database;
let close: () => Promise<void>;
beforeAll(async () => ({ database, close } = await openTestDatabase()), 60_000);
afterAll(() => close());

/** The database may be one that has seen this suite before. */
const run = crypto.randomUUID();
const ownerOf = (name: string) => `${run} ${name}`;
const statesOf = (name: string) => neonCodeStates(database, ownerOf(name));
const state = (runs: number, ...bytes: number[]) => ({ runs, bytes: Uint8Array.from(bytes) });

/** As if the sessions had rested that long. */
const rest = (name: string, seconds: number) =>
  database.execute(
    sql`update code_states set updated_at = now() - make_interval(secs => ${seconds}::int) where owner = ${ownerOf(name)}`,
  );

test('a state is kept byte for byte, and the next run takes its place', async () => {
  const states = statesOf('kept');
  expect(await states.load('s')).toBeNull();
  const large = { runs: 1, bytes: Uint8Array.from({ length: 100_000 }, (_, index) => index % 256) };
  expect(await states.save('s', large)).toBe(true);
  expect(await states.load('s')).toEqual(large);
  expect(await states.save('s', state(2))).toBe(true);
  expect(await states.load('s')).toEqual(state(2));
});

test('of two runs that go on from the same state, the first to end is kept', async () => {
  const states = statesOf('overtaken');
  expect(await states.save('s', state(1, 1))).toBe(true);
  const saved = await Promise.all([states.save('s', state(2, 2)), states.save('s', state(2, 3))]);
  expect(saved.sort()).toEqual([false, true]);
  expect(await states.save('s', state(2, 4))).toBe(false);
  expect(await states.save('s', state(1, 4))).toBe(false);
  expect((await states.load('s'))?.bytes[0]).not.toBe(4);
});

test('a session of the same name is another one for somebody else', async () => {
  await statesOf('mine').save('s', state(1, 1));
  const stranger = statesOf('stranger');
  expect(await stranger.load('s')).toBeNull();
  expect(await stranger.save('s', state(1, 2))).toBe(true);
  await stranger.forget('s');
  expect(await statesOf('mine').load('s')).toEqual(state(1, 1));
});

test('what is forgotten begins anew', async () => {
  const states = statesOf('forgotten');
  await states.save('s', state(1, 1));
  await states.save('other', state(1, 2));
  await states.forget('s');
  await states.forget('never there');
  expect(await states.load('s')).toBeNull();
  expect(await states.load('other')).toEqual(state(1, 2));
  expect(await states.save('s', state(1, 3))).toBe(true);
});

test('a state that has rested too long is gone, and one that is used is not', async () => {
  const limit = STATE_TTL_HOURS * 3600;
  const [rested, used] = [statesOf('rested'), statesOf('used')];
  await rested.save('s', state(1, 1));
  await used.save('s', state(1, 1));
  await rest('rested', limit + 60);
  await rest('used', limit - 60);
  expect(await rested.load('s')).toBeNull();
  expect(await used.save('s', state(2, 2))).toBe(true);
  expect(await used.load('s')).toEqual(state(2, 2));
  const { rows } = await database.execute(sql`select 1 from code_states where owner = ${ownerOf('rested')}`);
  expect(rows).toEqual([]);
});

test('the session that was used least lately gives way to one too many', async () => {
  const states = statesOf('many');
  const names = Array.from({ length: STATES_MAX }, (_, index) => `s${index}`);
  for (const name of names) await states.save(name, state(1, 1));
  await rest('many', 60);
  for (const name of names.slice(1)) await states.save(name, state(2, 2));
  await states.save('one more', state(1, 1));
  expect(await states.load('s0')).toBeNull();
  for (const name of [...names.slice(1), 'one more']) expect(await states.load(name)).not.toBeNull();
});

test('a NUL character in a name does not stop a state from being stored', async () => {
  const states = statesOf('nul');
  expect(await states.save('a\u0000b', state(1, 1))).toBe(true);
  expect(await states.load('a\u0000b')).toEqual(state(1, 1));
});
