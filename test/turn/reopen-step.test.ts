import { dynamicTool, jsonSchema, type UIMessageChunk } from 'ai';
import { expect, test } from 'vitest';
import type { JournalChunk } from '../../src/journal/turn-journal.ts';
import { LEASE_MS } from '../../src/redis/keys.ts';
import { attachTurn } from '../../src/turn/attach-turn.ts';
import type { Viewer } from '../../src/turn/viewer.ts';
import { turnWorld } from './turn-world.ts';

const call: UIMessageChunk = {
  type: 'tool-input-available',
  toolCallId: '1',
  toolName: 'pay',
  input: { to: 'Bob' },
  dynamic: true,
};
const half: UIMessageChunk[] = [
  { type: 'start', messageId: 'm' },
  { type: 'start-step' },
  { type: 'text-start', id: 'a' },
];
const answer: UIMessageChunk[] = [
  { type: 'start-step' },
  { type: 'text-start', id: 'b' },
  { type: 'text-delta', id: 'b', delta: 'done' },
  { type: 'text-end', id: 'b' },
  { type: 'finish-step' },
];

/** A turn whose producer died after these chunks, and the reader that finishes it. */
async function takeOver(chunks: UIMessageChunk[], isRepeatable: boolean) {
  const payments: unknown[] = [];
  const pay = dynamicTool({
    inputSchema: jsonSchema({ type: 'object' }),
    execute: (input) => {
      payments.push(input);
      return Promise.resolve({ content: [{ type: 'text', text: 'paid' }] });
    },
  });
  const world = await turnWorld({ tools: { pay }, isRepeatable: () => isRepeatable });
  const { lease } = await world.begin('t');
  await world.journal.append(
    lease,
    chunks.map((chunk, index) => ({ seq: index + 1, chunk })),
  );
  await world.clock.pass(LEASE_MS + 1);

  const shown: JournalChunk[] = [];
  const viewer: Viewer = {
    write: (entry) => void shown.push(entry),
    replay: (entries) => Promise.resolve(void shown.push(...entries)),
    close: () => Promise.resolve(),
    departed: new Promise<void>(() => undefined),
  };
  const finished = attachTurn(world.services, world.policy, { ...lease, afterSeq: 0 }, viewer);
  return { world, lease, payments, shown, finished };
}

test('a call with an effect that has no result is not made again; the model is told that its outcome is unknown', async () => {
  const { world, lease, payments, shown, finished } = await takeOver([...half, call], false);
  await expect.poll(() => world.runner.runs.length).toBe(1);
  expect(world.runner.runs[0]).toMatchObject({ maxSteps: 4 });
  expect(JSON.stringify(world.runner.runs[0]?.messages)).toContain('It is not known whether this call took effect');
  world.runner.emit(...answer);
  world.runner.end();
  await finished;
  expect(payments).toEqual([]);
  expect(shown.map(({ seq }) => seq)).toEqual(shown.map((_, index) => index + 1));
  const stored = await world.sessions().read(lease.sessionId);
  expect(stored?.messages[1]?.message.parts).toContainEqual(
    expect.objectContaining({ toolName: 'pay', state: 'output-error' }),
  );
  await world.close();
});

test('a call that may be repeated is made again, and its result goes to the model', async () => {
  const { world, payments, finished } = await takeOver([...half, call], true);
  await expect.poll(() => world.runner.runs.length).toBe(1);
  expect(payments).toEqual([{ to: 'Bob' }]);
  expect(JSON.stringify(world.runner.runs[0]?.messages)).toContain('paid');
  world.runner.emit(...answer);
  world.runner.end();
  await finished;
  await world.close();
});

test('a call whose result was written down is not made again either, and the turn goes on from it', async () => {
  const result: UIMessageChunk = {
    type: 'tool-output-available',
    toolCallId: '1',
    output: { content: [{ type: 'text', text: 'receipt 7' }] },
    dynamic: true,
  };
  const { world, payments, finished } = await takeOver([...half, call, result], true);
  await expect.poll(() => world.runner.runs.length).toBe(1);
  expect(payments).toEqual([]);
  expect(JSON.stringify(world.runner.runs[0]?.messages)).toContain('receipt 7');
  world.runner.emit(...answer);
  world.runner.end();
  await finished;
  await world.close();
});

test('an answer of which only the end was missing is ended without asking the model again', async () => {
  const { world, lease, finished } = await takeOver([{ type: 'start', messageId: 'm' }, ...answer], false);
  await finished;
  expect(world.runner.runs).toEqual([]);
  const stored = await world.sessions().read(lease.sessionId);
  expect(stored?.messages[1]).toMatchObject({ status: 'complete', message: { parts: [{}, { text: 'done' }] } });
  await world.close();
});
