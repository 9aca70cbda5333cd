import { simulateReadableStream } from 'ai';
import type { LanguageModelV4, LanguageModelV4StreamPart } from '@ai-sdk/provider';

const NOTHING: LanguageModelV4StreamPart[] = [
  { type: 'stream-start', warnings: [] },
  {
    type: 'finish',
    finishReason: { unified: 'stop', raw: undefined },
    usage: {
      inputTokens: { total: 0, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
      outputTokens: { total: 0, text: undefined, reasoning: undefined },
    },
  },
];

/** The same model, except that while a call waits for a person it is not asked and says nothing: that ends the SDK's loop of steps. */
export function waitingModel(model: LanguageModelV4, isWaiting: () => boolean): LanguageModelV4 {
  return {
    specificationVersion: model.specificationVersion,
    provider: model.provider,
    modelId: model.modelId,
    supportedUrls: model.supportedUrls,
    doGenerate: (options) => model.doGenerate(options),
    async doStream(options) {
      if (!isWaiting()) return model.doStream(options);
      return { stream: simulateReadableStream({ chunks: NOTHING, initialDelayInMs: null, chunkDelayInMs: null }) };
    },
  };
}
