import type { LanguageModelV4 } from '@ai-sdk/provider';
import { isStepCount, streamText, toUIMessageStream, type ModelMessage, type UIMessage } from 'ai';
import { setTimeout as sleep } from 'node:timers/promises';
import { demoTools } from './demo-tools.ts';

type Call = Parameters<typeof streamText<typeof demoTools>>[0];
type Settings = Pick<
  Call,
  | 'abortSignal'
  | 'experimental_transform'
  | 'prepareStep'
  | 'repairToolCall'
  | 'streamRetries'
  | 'timeout'
  | 'toolApproval'
>;

/** One call as `sdk-runner` makes it: the chunks of its message, what every callback was told, how its promises ended. */
export async function recordCall(
  model: LanguageModelV4,
  settings: Settings = {},
  messages: ModelMessage[] = [{ role: 'user', content: 'hi' }],
  shown: UIMessage[] = [],
): Promise<unknown> {
  const told: unknown[] = [];
  const result = streamText({
    model,
    messages,
    tools: demoTools,
    stopWhen: isStepCount(4),
    maxRetries: 0,
    onError: ({ error }) => void told.push(['error', String(error)]),
    onAbort: () => void told.push(['abort']),
    onStepEnd: ({ finishReason, usage, content }) =>
      void told.push(['step', finishReason, usage, content.map(({ type }) => type)]),
    onEnd: ({ finishReason, usage, steps, text }) => void told.push(['end', finishReason, usage, steps.length, text]),
    ...settings,
  });
  const chunks = await collect(
    toUIMessageStream({
      stream: result.stream,
      tools: demoTools,
      sendSources: true,
      originalMessages: shown,
      onError: (error) => `told: ${String(error)}`,
      onEnd: ({ responseMessage, outcome }) => void told.push(['message', outcome.status, responseMessage.parts]),
    }),
  );
  const promises = await Promise.all([
    settled(result.text),
    settled(result.usage),
    settled(result.totalUsage),
    settled(result.finishReason),
    settled(result.response.then(({ messages }) => messages)),
  ]);
  // Callbacks may still be on their way.
  await sleep(5);
  return { chunks, told, promises };
}

/** Every chunk, and with what error the stream broke off if it did. */
export async function collect(stream: ReadableStream<unknown>): Promise<unknown[]> {
  const reader = stream.getReader();
  const chunks: unknown[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return chunks;
      chunks.push(value);
    }
  } catch (error) {
    return [...chunks, `broken: ${String(error)}`];
  }
}

/** After an abort some never end. */
async function settled(work: PromiseLike<unknown>): Promise<unknown> {
  const pending = sleep(50).then(() => 'pending');
  return Promise.race([Promise.resolve(work).catch((error: unknown) => `rejected: ${String(error)}`), pending]);
}
