import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider';
import { setTimeout as sleep } from 'node:timers/promises';

type Part = LanguageModelV4StreamPart;
/** A number is a pause in milliseconds, an error breaks the stream. */
export type Step = (Part | number | Error)[];

/** Answers its first call with the first step, and so on; the last one is repeated. */
export function scriptedModel(...steps: Step[]): LanguageModelV4 {
  let calls = 0;
  return {
    specificationVersion: 'v4',
    provider: 'scripted',
    modelId: 'scripted',
    supportedUrls: {},
    doGenerate: () => Promise.reject(new Error('It only streams.')),
    doStream: (options) => {
      const step = steps[Math.min(calls++, steps.length - 1)];
      return step
        ? Promise.resolve({ stream: play(step, options) })
        : Promise.reject(new Error('The provider is down.'));
    },
  };
}

function play(step: Step, { abortSignal }: LanguageModelV4CallOptions): ReadableStream<Part> {
  const rest = [...step];
  return new ReadableStream<Part>({
    start(controller) {
      // An error after the end does nothing.
      abortSignal?.addEventListener('abort', () => controller.error(new DOMException('aborted', 'AbortError')));
    },
    async pull(controller) {
      while (typeof rest[0] === 'number') await sleep(Number(rest.shift()));
      const next = rest.shift();
      if (abortSignal?.aborted) return;
      if (next === undefined) controller.close();
      else if (next instanceof Error) controller.error(next);
      else if (typeof next === 'object') controller.enqueue(next);
    },
  });
}

export function text(...deltas: string[]): Part[] {
  return [
    { type: 'text-start', id: 't' },
    ...deltas.map((delta): Part => ({ type: 'text-delta', id: 't', delta })),
    { type: 'text-end', id: 't' },
  ];
}

export function reasoning(...deltas: string[]): Part[] {
  return [
    { type: 'reasoning-start', id: 'r' },
    ...deltas.map((delta): Part => ({ type: 'reasoning-delta', id: 'r', delta })),
    { type: 'reasoning-end', id: 'r', providerMetadata: { scripted: { signature: 'S' } } },
  ];
}

export function toolCall(toolName: string, input: unknown, id = 'call'): Part[] {
  const json = JSON.stringify(input);
  return [
    { type: 'tool-input-start', id, toolName },
    { type: 'tool-input-delta', id, delta: json.slice(0, 3) },
    { type: 'tool-input-delta', id, delta: json.slice(3) },
    { type: 'tool-input-end', id },
    { type: 'tool-call', toolCallId: id, toolName, input: json },
  ];
}

export function finish(unified: LanguageModelV4FinishReason['unified'] = 'stop'): Part {
  const usage = {
    inputTokens: { total: 3, noCache: 2, cacheRead: 1, cacheWrite: 0 },
    outputTokens: { total: 5, text: 4, reasoning: 1 },
  };
  return { type: 'finish', finishReason: { unified, raw: unified }, usage };
}
