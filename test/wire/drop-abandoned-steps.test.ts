import { expect, test } from 'vitest';
import { dropAbandonedSteps } from '../../src/wire/drop-abandoned-steps.ts';
import { numbered } from './encode-turn.ts';
import { call, FINISH, NEXT_STEP, RESTART, START, text } from './scripted-turns.ts';

const METADATA = { type: 'message-metadata' as const, messageMetadata: { model: 'm' } };
const dropped = (chunks: Parameters<typeof numbered>[0]) =>
  dropAbandonedSteps(numbered(chunks)).map(({ chunk }) => chunk);

test('the parts of every abandoned try go; what a step says beside them stays, and so do the steps before', () => {
  const tries = [...text('a'), METADATA, ...RESTART, ...call('c', 'find', ['{}']).slice(0, 2), ...RESTART];
  const chunks = [...START, ...text('kept'), ...NEXT_STEP, ...tries, ...text('b'), ...FINISH];
  const before = [...START, ...text('kept'), ...NEXT_STEP];
  expect(dropped(chunks)).toEqual([...before, METADATA, ...RESTART, ...RESTART, ...text('b'), ...FINISH]);
});

test('chunks that begin inside a step: its parts up to the reset go', () => {
  expect(dropped([...text('a').slice(1), ...RESTART, ...text('b')])).toEqual([...RESTART, ...text('b')]);
});

test('a step that nothing takes back stays', () => {
  const chunks = [...START, ...text('a'), ...NEXT_STEP, ...text('b')];
  expect(dropped(chunks)).toEqual(chunks);
});
