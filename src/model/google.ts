import { createGoogle } from '@ai-sdk/google';
import type { LanguageModelV4 } from '@ai-sdk/provider';
import { mergingFetch } from './merging-fetch.ts';

export interface GoogleSettings {
  apiKey: string;
  /** Keeps the `/v1beta` at its end: the SDK derives other paths from it. */
  baseURL: string | undefined;
}

/** Gemini's own API. */
export function googleModels({ apiKey, baseURL }: GoogleSettings): (model: string) => LanguageModelV4 {
  const google = createGoogle({ apiKey, fetch: mergingFetch(), ...(baseURL !== undefined && { baseURL }) });
  return (model) => google(model);
}
