import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModelV4 } from '@ai-sdk/provider';
import { mergingFetch } from './merging-fetch.ts';

export interface CompatibleSettings {
  /** Servers on one's own machine often want none. */
  apiKey: string | undefined;
  baseURL: string;
}

/** Any server that speaks OpenAI's chat completions. */
export function compatibleModels({ apiKey, baseURL }: CompatibleSettings): (model: string) => LanguageModelV4 {
  const compatible = createOpenAICompatible({
    name: 'compatible',
    baseURL,
    includeUsage: true,
    fetch: mergingFetch(),
    // Without it the schema of a JSON answer would not be sent.
    supportsStructuredOutputs: true,
    ...(apiKey !== undefined && { apiKey }),
  });
  return (model) => compatible(model);
}
