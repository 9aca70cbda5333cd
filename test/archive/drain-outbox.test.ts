import { afterAll, beforeEach, expect, test } from 'vitest';
import { upstashArchive } from '../../src/archive/archive-upstash.ts';
import { ArchiveRefusal, type Archive, type ArchiveEntry } from '../../src/archive/archive.ts';
import { drainOutbox } from '../../src/archive/drain-outbox.ts';
import { upstashOutbox } from '../../src/archive/outbox-upstash.ts';
import type { Outbox } from '../../src/archive/outbox.ts';
import { journalUnderTest } from '../journal/journal-under-test.ts';
import { messageEntry } from './archives-under-test.ts';

const MINUTE = 60_000;
const worlds: Awaited<ReturnType<typeof journalUnderTest>>[] = [];
afterAll(() => Promise.all(worlds.map((world) => world.close())));

let world: (typeof worlds)[number];
let outbox: Outbox;
let real: Archive;
/** An archive that fails for some entries. */
let failsFor: (entry: ArchiveEntry) => Error | null;
let archive: Archive;
beforeEach(async () => {
  world = await journalUnderTest();
  worlds.push(world);
  outbox = upstashOutbox(world);
  real = upstashArchive(world);
  failsFor = () => null;
  archive = {
    ...real,
    async write(entries) {
      for (const entry of entries) {
        const error = failsFor(entry);
        if (error) throw error;
      }
      await real.write(entries);
    },
  };
});

const add = (text: string) => world.redis.xadd(world.keys.outbox, '*', { entry: text });
const addMessages = async (...positions: number[]) => {
  for (const position of positions) await add(JSON.stringify(messageEntry('thread', position)));
};
const drainAfter = (minutes: number) => drainOutbox(outbox, archive, Date.now() + minutes * MINUTE);
const stored = async () => (await real.messages('thread', { after: 0, limit: 300 })).map(({ position }) => position);
const refuses = (position: number) => (entry: ArchiveEntry) =>
  entry.kind === 'message' && entry.message.position === position ? new ArchiveRefusal('It is odd.', null) : null;

test('delivers all that waits, in batches, but leaves the youngest to their turn', async () => {
  await addMessages(...Array.from({ length: 230 }, (_, index) => index + 1));
  expect(await drainAfter(0)).toMatchObject({ archived: 0 });
  expect(await drainAfter(1)).toEqual({ archived: 230, postponed: 0, buried: 0 });
  expect(await stored()).toHaveLength(230);
  expect(await outbox.counts()).toEqual({ waiting: 0, oldest: null, dead: 0 });
});

test('an entry that the archive refuses keeps no other waiting, is tried ever less often, then put aside', async () => {
  await addMessages(1, 2, 3);
  failsFor = refuses(2);
  expect(await drainAfter(1)).toEqual({ archived: 2, postponed: 1, buried: 0 });
  expect(await stored()).toEqual([1, 3]);
  const tried: number[] = [];
  for (let minute = 2; minute <= 200; minute++) {
    const { postponed, buried } = await drainAfter(minute);
    if (postponed + buried > 0) tried.push(minute);
  }
  expect(tried.map((minute, index) => minute - (tried[index - 1] ?? 1))).toEqual([1, 4, 16, 64]);
  const { letters } = await outbox.dead({ after: null, count: 9 });
  expect(letters).toMatchObject([
    { kind: 'message', sessionId: 'thread', position: 2, tries: 5, reason: 'It is odd.' },
  ]);
  expect(await outbox.counts()).toMatchObject({ waiting: 0, dead: 1 });

  failsFor = () => null;
  expect(await outbox.retry(null)).toBe(1);
  expect(await drainAfter(1)).toMatchObject({ archived: 1 });
  expect(await stored()).toEqual([1, 2, 3]);
  expect(await outbox.counts()).toMatchObject({ waiting: 0, dead: 0 });
});

test('an archive that is away is not held against the entries: the first run after delivers them', async () => {
  await addMessages(1, 2, 3, 4, 5);
  failsFor = () => new Error('away');
  for (let minute = 1; minute < 100; minute++) await expect(drainAfter(minute)).rejects.toThrow('away');
  failsFor = () => null;
  expect(await drainAfter(100)).toEqual({ archived: 5, postponed: 0, buried: 0 });
});

test('an archive that fails every second write gets everything, in a few runs', async () => {
  await addMessages(...Array.from({ length: 40 }, (_, index) => index + 1));
  let writes = 0;
  archive = {
    ...real,
    async write(entries) {
      writes += 1;
      if (writes % 2 === 1) throw new Error('a hiccup');
      await real.write(entries);
    },
  };
  for (let minute = 1; minute <= 30; minute++) await drainAfter(minute);
  expect(await stored()).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  expect(await outbox.counts()).toMatchObject({ waiting: 0, dead: 0 });
});

test('what cannot be read is put aside, not thrown away', async () => {
  await add('no JSON');
  await addMessages(1);
  expect(await drainAfter(1)).toEqual({ archived: 1, postponed: 0, buried: 1 });
  const { letters } = await outbox.dead({ after: null, count: 9 });
  expect(letters).toMatchObject([{ kind: 'unreadable', sessionId: null, reason: 'It cannot be read.' }]);
  expect(await outbox.retry([letters[0]?.id ?? ''])).toBe(1);
  expect(await outbox.retry(['1-1'])).toBe(0);
});
