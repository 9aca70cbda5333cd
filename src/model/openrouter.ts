import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModelV4 } from '@ai-sdk/provider';
import { mergingFetch } from './merging-fetch.ts';

export interface OpenRouterSettings {
  apiKey: string;
  baseURL: string;
}

/** OpenRouter speaks chat completions; its usage comes only when it is asked for. */
export function openrouterModels({ apiKey, baseURL }: OpenRouterSettings): (model: string) => LanguageModelV4 {
  const openrouter = createOpenAICompatible({
    name: 'openrouter',
    apiKey,
    baseURL,
    includeUsage: true,
    fetch: mergingFetch(),
    supportsStructuredOutputs: true,
  });
  return (model) => openrouter(model);
}
