import { beforeEach, expect, test } from 'vitest';
import type { AppendResult, JournalChunk, TurnJournal } from '../../src/journal/turn-journal.ts';
import { journalWriter } from '../../src/turn/journal-writer.ts';
import { manualClock } from '../fakes/manual-clock.ts';

const delta = (seq: number): JournalChunk => ({ seq, chunk: { type: 'text-delta', id: 't', delta: String(seq) } });
const lease = { sessionId: 's', turnId: 't', epoch: 1 };

let clock = manualClock();
let appends: { at: number; seqs: number[] }[] = [];
let answer: () => Promise<AppendResult>;
let events: string[] = [];

function write() {
  const journal: Pick<TurnJournal, 'append'> = {
    append(_lease, chunks) {
      appends.push({ at: clock.now(), seqs: chunks.map(({ seq }) => seq) });
      return answer();
    },
  };
  return journalWriter({
    journal: journal as TurnJournal,
    lease,
    clock,
    onStop: () => events.push('stop'),
    onLost: () => events.push('lost'),
    onTrouble: () => events.push('trouble'),
  });
}

beforeEach(() => {
  clock = manualClock();
  appends = [];
  events = [];
  answer = () => Promise.resolve({ held: true, stop: false });
});

test('chunks gather for 250 ms and leave in one append', async () => {
  const writer = write();
  writer.add(delta(1), false);
  await clock.pass(100);
  writer.add(delta(2), false);
  await clock.pass(149);
  expect(appends).toEqual([]);
  await clock.pass(1);
  expect(appends).toEqual([{ at: 250, seqs: [1, 2] }]);
});

test('an urgent chunk leaves at once, with all that waited before it', async () => {
  const writer = write();
  writer.add(delta(1), false);
  writer.add(delta(2), true);
  await clock.pass(0);
  expect(appends).toEqual([{ at: 0, seqs: [1, 2] }]);
});

test('the lease is renewed while nothing flows, ever more rarely', async () => {
  write();
  await clock.pass(120_000);
  const gapBefore = (time: number) => {
    const index = appends.findIndex(({ at }) => at >= time);
    return (appends[index]?.at ?? 0) - (appends[index - 1]?.at ?? 0);
  };
  expect([gapBefore(5_000), gapBefore(30_000), gapBefore(90_000)]).toEqual([250, 500, 1000]);
});

test('only one append is under way at a time; what came meanwhile goes with the next', async () => {
  let release: (result: AppendResult) => void = () => undefined;
  answer = () => new Promise((resolve) => (release = resolve));
  const writer = write();
  writer.add(delta(1), true);
  writer.add(delta(2), true);
  writer.add(delta(3), true);
  await clock.pass(5_000);
  expect(appends.map(({ seqs }) => seqs)).toEqual([[1]]);
  release({ held: true, stop: false });
  await clock.pass(0);
  expect(appends.map(({ seqs }) => seqs)).toEqual([[1], [2, 3]]);
});

test('a failed append keeps its chunks, in order, for the next one', async () => {
  answer = () => Promise.reject(new Error('redis is away'));
  const writer = write();
  writer.add(delta(1), true);
  await clock.pass(0);
  writer.add(delta(2), false);
  answer = () => Promise.resolve({ held: true, stop: false });
  await clock.pass(250);
  expect(appends.map(({ seqs }) => seqs)).toEqual([[1], [1, 2]]);
  expect(events).toEqual(['trouble']);
});

test('a stop and a lost lease are told', async () => {
  answer = () => Promise.resolve({ held: true, stop: true });
  write();
  await clock.pass(250);
  answer = () => Promise.resolve({ held: false });
  await clock.pass(250);
  expect(events).toEqual(['stop', 'lost']);
});

test('closing waits for the append under way, hands back what waited, and flushes nothing more', async () => {
  const writer = write();
  writer.add(delta(1), true);
  writer.add(delta(2), false);
  const rest = writer.close();
  expect(await rest).toEqual([delta(2)]);
  await clock.pass(10_000);
  expect(appends).toHaveLength(1);
});
