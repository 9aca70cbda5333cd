import { createAnthropic } from '@ai-sdk/anthropic';
import type { LanguageModelV4 } from '@ai-sdk/provider';
import { defaultSettingsMiddleware, wrapLanguageModel } from 'ai';
import { mergingFetch } from './merging-fetch.ts';

export interface AnthropicSettings {
  apiKey: string;
  baseURL: string | undefined;
}

/** Anthropic's messages API. */
export function anthropicModels({ apiKey, baseURL }: AnthropicSettings): (model: string) => LanguageModelV4 {
  const anthropic = createAnthropic({ apiKey, fetch: mergingFetch(), ...(baseURL !== undefined && { baseURL }) });
  // Anthropic caches a prompt only when it is asked to: up to its last block, again and again as the conversation grows.
  const settings = { providerOptions: { anthropic: { cacheControl: { type: 'ephemeral' } } } };
  const middleware = defaultSettingsMiddleware({ settings });
  return (model) => wrapLanguageModel({ model: anthropic(model), middleware });
}
