import type { LanguageModelV4 } from '@ai-sdk/provider';

export const PROVIDERS = ['openai', 'google', 'anthropic', 'openrouter', 'compatible'] as const;
export type ProviderName = (typeof PROVIDERS)[number];

/** One row of the catalogue: what clients may ask for by `options.model`. */
export interface ModelDescription {
  /** `provider/model`, for example `openai/gpt-5-mini`. */
  id: string;
  provider: ProviderName;
  model: string;
  /** The kinds of media that it takes, as top-level types (`image`) or whole ones (`application/pdf`). */
  takes: readonly string[];
}

export interface ModelCandidate {
  id: string;
  languageModel: LanguageModelV4;
}

export interface ModelCatalogue {
  /** The models of the configured providers, the default one first. */
  list(): ModelDescription[];
  /**
   * Candidates in failover order: the requested (or default) model first, then the configured fallbacks.
   * Throws AppError `provider_unconfigured` (naming the variables to set) or `unknown_model` (naming the known ids).
   */
  choose(requested: string | undefined): readonly [ModelCandidate, ...ModelCandidate[]];
}
