import { createUIMessageStream, Output, simulateReadableStream, streamText, toUIMessageStream } from 'ai';
import { z } from 'zod';
import { collect } from './record-call.ts';
import { finish, scriptedModel, text, toolCall } from './scripted-model.ts';
import { demoTools } from './demo-tools.ts';
import { foldMessage } from '../../../src/wire/fold-message.ts';
import type { Scenario } from './turn-scenarios.ts';

/** Structured output, and what the SDK makes of streams besides. */
export const outputScenarios: Record<string, Scenario> = {
  'structured output': () => structured('{"city":', '"Tabriz","people":', '1600000}'),
  'structured output that does not fit': () => structured('{"city":', '7}'),
  'a list, one by one': async () => {
    const model = scriptedModel([...text('{"elements":[{"n":1},', '{"n":2}', ',{"n":3}]}'), finish()]);
    const output = Output.array({ element: z.object({ n: z.number() }) });
    const result = streamText({ model, prompt: 'hi', output });
    const [elements, parts] = await Promise.all([collect(result.elementStream), collect(result.partialOutputStream)]);
    return { elements, parts, output: await result.output };
  },
  'a message put together by hand': () =>
    collect(
      createUIMessageStream({
        execute({ writer }) {
          writer.write({ type: 'data-note', data: 1 });
          const { stream } = streamText({ model: scriptedModel([...text('a'), finish()]), prompt: 'hi' });
          writer.merge(toUIMessageStream({ stream }));
        },
      }),
    ),
  'chunks with pauses': () => collect(simulateReadableStream({ chunks: [1, 2, 3], chunkDelayInMs: 1 })),
  'a message folded from its chunks': async () => {
    const model = scriptedModel([...toolCall('add', { a: 1 }), finish('tool-calls')], [...text('a', 'b'), finish()]);
    const { stream } = streamText({ model, prompt: 'hi', tools: demoTools });
    const chunks = [];
    for await (const chunk of toUIMessageStream({ stream, tools: demoTools })) chunks.push(chunk);
    return foldMessage('msg', chunks);
  },
};

async function structured(...deltas: string[]): Promise<unknown> {
  const output = Output.object({ schema: z.object({ city: z.string(), people: z.number() }) });
  const result = streamText({
    model: scriptedModel([...text(...deltas), finish()]),
    prompt: 'hi',
    output,
    onError: () => {},
  });
  const [chunks, parts] = await Promise.all([collect(result.stream), collect(result.partialOutputStream)]);
  const whole = await Promise.resolve(result.output).catch((error: unknown) => `rejected: ${String(error)}`);
  return { chunks, parts, whole, usage: await result.usage };
}
