import { expect, test } from 'vitest';
import { LEASE_MS } from '../../src/redis/keys.ts';
import { beginning, journalUnderTest, newSession } from './journal-under-test.ts';

const holder = { name: 'somebody', most: 2 };

test('turns whose producer died, was told to let go or has ended are not counted; renewed ones are, however old', async () => {
  const { journal, sessions, time, close } = await journalUnderTest();
  const begin = async (turnId: string) => {
    const id = `session-of-${turnId}`;
    await sessions().create(newSession(id));
    return journal.begin(beginning(id, turnId, { holder }));
  };
  const kindOf = async (turnId: string) => (await begin(turnId)).kind;
  const first = await begin('a');
  if (first.kind !== 'begun') throw new Error(first.kind);
  expect(await kindOf('b')).toBe('begun');
  expect(await kindOf('c')).toBe('crowded');

  // The first one is renewed, the second one's isolate is gone.
  time.now += LEASE_MS - 1000;
  await journal.append(first.lease, []);
  time.now += 1001;
  expect(await kindOf('d')).toBe('begun');
  expect(await kindOf('e')).toBe('crowded');
  await journal.suspend(first.lease, []);
  const next = await begin('f');
  expect(next.kind).toBe('begun');
  if (next.kind === 'begun') await journal.end(next.lease, { status: 'complete', message: null, rest: [] });
  expect(await kindOf('g')).toBe('begun');
  expect(await kindOf('h')).toBe('crowded');
  await close();
});

test('a begin that is repeated, because its answer was lost, is not refused by itself', async () => {
  const { journal, sessions, close } = await journalUnderTest();
  await sessions().create(newSession('s'));
  const request = beginning('s', 't', { holder: { name: 'somebody', most: 1 } });
  expect((await journal.begin(request)).kind).toBe('begun');
  expect((await journal.begin(request)).kind).toBe('begun');
  await close();
});
