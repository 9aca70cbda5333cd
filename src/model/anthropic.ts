import { createAnthropic } from '@ai-sdk/anthropic';
import type { LanguageModelV4 } from '@ai-sdk/provider';

export interface AnthropicSettings {
  apiKey: string;
  baseURL: string | undefined;
}

/** Anthropic's messages API. */
export function anthropicModels({ apiKey, baseURL }: AnthropicSettings): (model: string) => LanguageModelV4 {
  const anthropic = createAnthropic({ apiKey, ...(baseURL !== undefined && { baseURL }) });
  return (model) => anthropic(model);
}
