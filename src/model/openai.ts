import { createOpenAI } from '@ai-sdk/openai';
import type { LanguageModelV4 } from '@ai-sdk/provider';
import { defaultSettingsMiddleware, wrapLanguageModel } from 'ai';
import { mergingFetch } from './merging-fetch.ts';

export interface OpenAISettings {
  apiKey: string;
  baseURL: string | undefined;
}

/** OpenAI's responses API. The session's memory is ours, so OpenAI is asked to store nothing. */
export function openaiModels({ apiKey, baseURL }: OpenAISettings): (model: string) => LanguageModelV4 {
  const openai = createOpenAI({ apiKey, fetch: mergingFetch(), ...(baseURL !== undefined && { baseURL }) });
  const middleware = defaultSettingsMiddleware({ settings: { providerOptions: { openai: { store: false } } } });
  return (model) => wrapLanguageModel({ model: openai.responses(model), middleware });
}
