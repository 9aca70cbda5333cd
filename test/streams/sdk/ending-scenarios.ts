import { readUIMessageStream, streamText, toUIMessageStream } from 'ai';
import { setTimeout as sleep } from 'node:timers/promises';
import { collect, recordCall } from './record-call.ts';
import { finish, scriptedModel, text, toolCall } from './scripted-model.ts';
import type { Scenario } from './turn-scenarios.ts';

const begun = text('a').slice(0, 2);

/** How answers end when they do not end well. */
export const endingScenarios: Record<string, Scenario> = {
  'an error part': () =>
    recordCall(scriptedModel([...text('a'), { type: 'error', error: new Error('no') }, finish('error')])),
  'an error that is retried': () =>
    recordCall(
      scriptedModel(
        [...text('a'), { type: 'error', error: Object.assign(new Error('no'), { isRetryable: true }) }],
        [...text('b'), finish()],
      ),
      { streamRetries: 1 },
    ),
  'a stream that breaks': () => recordCall(scriptedModel([...begun, new Error('the socket')])),
  'a stream that stops': () => recordCall(scriptedModel([...begun])),
  'a model that does not answer': () => recordCall(scriptedModel()),
  'a step that fails after a tool': () =>
    recordCall(
      scriptedModel([...toolCall('add', { a: 1 }), finish('tool-calls')], [...begun, new Error('the socket')]),
    ),
  abort: () => recordCall(scriptedModel([...begun, 2000, finish()]), { abortSignal: abortIn(150) }),
  'abort before the start': () =>
    recordCall(scriptedModel([...text('a'), finish()]), { abortSignal: AbortSignal.abort('stop') }),
  'abort in a tool': () =>
    recordCall(scriptedModel([...toolCall('slow', {}), finish('tool-calls')], [...text('a'), finish()]), {
      abortSignal: abortIn(150),
    }),
  'too long between chunks': () => recordCall(scriptedModel([...begun, 2000, finish()]), { timeout: { chunkMs: 150 } }),
  'a step that takes too long': () =>
    recordCall(scriptedModel([...begun, 2000, finish()]), { timeout: { stepMs: 150 } }),
  'a call that takes too long': () => recordCall(scriptedModel([...begun, 2000, finish()]), { timeout: 150 }),
  'a reader that leaves': async () => {
    const told: unknown[] = [];
    const { stream } = streamText({ model: scriptedModel([...text('a', 'b'), 2000, finish()]), prompt: 'hi' });
    const chunks = toUIMessageStream({
      stream,
      onEnd: ({ isAborted, responseMessage }) => void told.push([isAborted, responseMessage.parts]),
    });
    const reader = chunks.getReader();
    const read = [await reader.read(), await reader.read(), await reader.read(), await reader.read()];
    await reader.cancel('gone');
    await sleep(5);
    return { read, told };
  },
  'a loop that is left': async () => {
    const { textStream } = streamText({ model: scriptedModel([...text('a', 'b', 'c'), finish()]), prompt: 'hi' });
    const read: string[] = [];
    for await (const delta of textStream) {
      read.push(delta);
      break;
    }
    return { read, locked: textStream.locked };
  },
  'a message read while it grows': async () => {
    const { stream } = streamText({ model: scriptedModel([...text('a', 'b'), finish()]), prompt: 'hi' });
    const snapshots: unknown[] = [];
    for await (const message of readUIMessageStream({ stream: toUIMessageStream({ stream }) }))
      snapshots.push(structuredClone(message));
    return snapshots.at(-1);
  },
  'one stream read by two': async () => {
    const result = streamText({ model: scriptedModel([...text('a', 'b'), finish()]), prompt: 'hi' });
    const [whole, words] = await Promise.all([collect(result.stream), collect(result.textStream)]);
    return { whole, words, text: await result.text };
  },
};

function abortIn(ms: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort('stop'), ms);
  return controller.signal;
}
