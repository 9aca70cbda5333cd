import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JournalChunk } from '../../src/journal/turn-journal.ts';
import { attachTurn } from '../../src/turn/attach-turn.ts';
import { runTurn } from '../../src/turn/run-turn.ts';
import { noViewer, type Viewer } from '../../src/turn/viewer.ts';
import { turnWorld } from './turn-world.ts';

let world: Awaited<ReturnType<typeof turnWorld>>;
beforeAll(async () => {
  world = await turnWorld();
});
afterAll(() => world.close());

function recordingViewer() {
  const shown: JournalChunk[] = [];
  const viewer: Viewer = {
    write: (entry) => void shown.push(entry),
    replay: (entries, afterSeq) => {
      shown.push(...entries.filter(({ seq }) => seq > afterSeq));
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
    departed: new Promise<void>(() => undefined),
  };
  return { shown, viewer };
}

test('25 s after its client left a turn is written down and let go; whoever reads next finishes it', async () => {
  const { runner, clock, services, policy } = world;
  const begun = await world.begin('t1');
  const { sessionId, turnId } = begun.lease;
  const left = Promise.withResolvers<void>();
  const running = runTurn(services, policy, begun, noViewer(left.promise));
  await expect.poll(() => runner.runs.length).toBe(1);
  runner.emit({ type: 'start', messageId: 'm' }, { type: 'start-step' }, { type: 'text-start', id: 'a' });
  runner.emit({ type: 'text-delta', id: 'a', delta: 'half an ans' });

  left.resolve();
  await clock.pass(24_000);
  expect(runner.runs[0]?.signal.aborted).toBe(false);
  await clock.pass(1_500);
  expect(await running).toMatchObject({ status: 'suspended', message: null });
  expect(await world.sessions().get(sessionId)).toMatchObject({ turn: { state: 'suspended' } });

  const { shown, viewer } = recordingViewer();
  const attached = attachTurn(services, policy, { sessionId, turnId, afterSeq: 0 }, viewer);
  await expect.poll(() => runner.runs.length).toBe(2);
  runner.emit({ type: 'start', messageId: 'm' }, { type: 'start-step' }, { type: 'text-start', id: 'b' });
  runner.emit(
    { type: 'text-delta', id: 'b', delta: 'a whole answer' },
    { type: 'text-end', id: 'b' },
    { type: 'finish-step' },
  );
  runner.end();
  expect(await attached).toBe(true);

  expect(shown.map(({ seq }) => seq)).toEqual(shown.map((_, index) => index + 1));
  expect(shown.map(({ chunk }) => chunk.type)).toEqual(
    (
      'start start-step text-start text-delta data-restart reset-step ' +
      'text-start text-delta text-end finish-step finish'
    ).split(' '),
  );
  const stored = await world.sessions().read(sessionId);
  expect(stored?.turn?.state).toBe('ended');
  expect(stored?.messages[1]).toMatchObject({
    status: 'complete',
    message: { parts: [{}, { text: 'a whole answer' }] },
  });
});

test('a client that comes to its end in time is not suspended', async () => {
  const { runner, clock, services, policy } = world;
  const begun = await world.begin('t2');
  const left = Promise.withResolvers<void>();
  const before = runner.runs.length;
  const running = runTurn(services, policy, begun, noViewer(left.promise));
  await expect.poll(() => runner.runs.length).toBe(before + 1);
  left.resolve();
  await clock.pass(20_000);
  runner.emit({ type: 'start', messageId: 'm' }, { type: 'start-step' }, { type: 'text-start', id: 'a' });
  runner.emit({ type: 'text-delta', id: 'a', delta: 'done' }, { type: 'text-end', id: 'a' }, { type: 'finish-step' });
  runner.end();
  expect(await running).toMatchObject({ status: 'complete' });
});
