import { jsonSchema, tool } from 'ai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runTurn } from '../../src/turn/run-turn.ts';
import { noViewer } from '../../src/turn/viewer.ts';
import { turnWorld } from './turn-world.ts';

let world: Awaited<ReturnType<typeof turnWorld>>;
beforeAll(async () => {
  world = await turnWorld({ tools: { known: tool({ inputSchema: jsonSchema({ type: 'object' }) }) } });
});
afterAll(() => world.close());

const viewer = noViewer(new Promise<void>(() => {}));
const choose = (toolName: string) => ({ settings: {}, toolChoice: { type: 'tool' as const, toolName } });

test('no model is asked when the turn is to call a tool that it does not have', async () => {
  const held = { ...(await world.begin('t1')), options: choose('constructor') };
  const result = await runTurn(world.services, world.policy, held, viewer);
  expect(result).toMatchObject({ status: 'failed', message: null, failure: { code: 'unknown_tool' } });
  expect(world.runner.runs).toEqual([]);
});

test('after the first step the choice of a tool is no matter any more', async () => {
  const begun = await world.begin('t2');
  const previous = [
    { type: 'start' as const, messageId: 'm' },
    { type: 'start-step' as const },
    { type: 'tool-input-available' as const, toolCallId: 'c', toolName: 'gone', input: {}, dynamic: true },
    { type: 'tool-output-available' as const, toolCallId: 'c', output: 'x', dynamic: true },
    { type: 'finish-step' as const },
  ].map((chunk, index) => ({ seq: index + 1, chunk }));
  await world.journal.append(begun.lease, previous);
  const held = { ...begun, options: choose('gone') };
  const running = runTurn(world.services, world.policy, held, viewer, { previous, endAs: undefined });
  await expect.poll(() => world.runner.runs.length).toBe(1);
  world.runner.end();
  expect((await running).failure).toBeUndefined();
});
