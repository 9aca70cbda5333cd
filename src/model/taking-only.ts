import type { LanguageModelV4 } from '@ai-sdk/provider';
import { wrapLanguageModel } from 'ai';
import { gateMedia } from './gate-media.ts';

/** The model, sent no media but those that it takes. */
export function takingOnly(model: LanguageModelV4, takes: readonly string[]): LanguageModelV4 {
  return wrapLanguageModel({
    model,
    middleware: {
      specificationVersion: 'v4',
      transformParams: async ({ params }) => ({ ...params, prompt: gateMedia(params.prompt, takes) }),
    },
  });
}
