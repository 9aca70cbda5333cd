import { dynamicTool, jsonSchema, type ToolSet } from 'ai';
import { expect, test } from 'vitest';
import { journaledTools } from '../../src/turn/journaled-tools.ts';

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

function world() {
  const made: string[] = [];
  const gate = Promise.withResolvers<void>();
  const tool = (name: string) =>
    dynamicTool({
      inputSchema: jsonSchema({ type: 'object' }),
      execute: () => Promise.resolve(void made.push(name)),
    });
  const tools: ToolSet = { pay: tool('pay'), look: tool('look') };
  const journaled = journaledTools(
    tools,
    (name) => name === 'look',
    () => gate.promise,
  );
  const call = (name: string) =>
    Promise.resolve(journaled[name]?.execute?.({}, { toolCallId: name, messages: [], context: undefined }));
  return { made, gate, call };
}

test('a call with an effect happens only once the journal knows of it', async () => {
  const { made, gate, call } = world();
  const paying = call('pay');
  await settle();
  expect(made).toEqual([]);
  gate.resolve();
  await paying;
  expect(made).toEqual(['pay']);
});

test('a call that may be repeated does not wait', async () => {
  const { made, call } = world();
  await call('look');
  expect(made).toEqual(['look']);
});
