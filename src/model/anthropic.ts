import { createAnthropic } from '@ai-sdk/anthropic';
import type { LanguageModelV4 } from '@ai-sdk/provider';
import { mergingFetch } from './merging-fetch.ts';

export interface AnthropicSettings {
  apiKey: string;
  baseURL: string | undefined;
}

/** Anthropic's messages API. */
export function anthropicModels({ apiKey, baseURL }: AnthropicSettings): (model: string) => LanguageModelV4 {
  const anthropic = createAnthropic({ apiKey, fetch: mergingFetch(), ...(baseURL !== undefined && { baseURL }) });
  return (model) => anthropic(model);
}
