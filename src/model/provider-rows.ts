import type { LanguageModelV4 } from '@ai-sdk/provider';
import type { Env } from '../env.ts';
import { anthropicModels } from './anthropic.ts';
import { compatibleModels } from './compatible.ts';
import { googleModels } from './google.ts';
import type { ProviderName } from './model-catalogue.ts';
import { openaiModels } from './openai.ts';
import { openrouterModels } from './openrouter.ts';

/** What it takes to reach one provider. */
export interface ProviderRow {
  provider: ProviderName;
  /** The variables that must be set, in the words of an operator. */
  needs: string;
  models: readonly string[];
  /** The kinds of media that its models take: `image`, or `application/pdf`. */
  takes: readonly string[];
  /** Null when the provider is not configured. */
  connect: ((model: string) => LanguageModelV4) | null;
}

/** One row for each provider, in the order in which a default is looked for. */
export function providerRows(env: Env): ProviderRow[] {
  return [
    {
      provider: 'openai',
      needs: 'OPENAI_API_KEY',
      models: env.OPENAI_MODEL,
      takes: ['image', 'application/pdf'],
      connect: env.OPENAI_API_KEY
        ? openaiModels({ apiKey: env.OPENAI_API_KEY.reveal(), baseURL: env.OPENAI_BASE_URL })
        : null,
    },
    {
      provider: 'google',
      needs: 'GEMINI_API_KEY',
      models: env.GEMINI_MODEL,
      takes: ['image', 'audio', 'video', 'application/pdf'],
      connect: env.GEMINI_API_KEY
        ? googleModels({ apiKey: env.GEMINI_API_KEY.reveal(), baseURL: env.GEMINI_BASE_URL })
        : null,
    },
    {
      provider: 'anthropic',
      needs: 'ANTHROPIC_API_KEY',
      models: env.ANTHROPIC_MODEL,
      takes: ['image', 'application/pdf'],
      connect: env.ANTHROPIC_API_KEY
        ? anthropicModels({ apiKey: env.ANTHROPIC_API_KEY.reveal(), baseURL: env.ANTHROPIC_BASE_URL })
        : null,
    },
    {
      provider: 'openrouter',
      needs: 'OPENROUTER_KEY',
      models: env.OPENROUTER_MODEL,
      takes: env.OPENROUTER_MEDIA,
      connect: env.OPENROUTER_KEY
        ? openrouterModels({ apiKey: env.OPENROUTER_KEY.reveal(), baseURL: env.OPENROUTER_BASE_URL })
        : null,
    },
    {
      provider: 'compatible',
      needs: 'COMPATIBLE_BASE_URL and COMPATIBLE_MODEL',
      models: env.COMPATIBLE_MODEL,
      takes: env.COMPATIBLE_MEDIA,
      connect:
        env.COMPATIBLE_BASE_URL && env.COMPATIBLE_MODEL.length > 0
          ? compatibleModels({ apiKey: env.COMPATIBLE_API_KEY?.reveal(), baseURL: env.COMPATIBLE_BASE_URL })
          : null,
    },
  ];
}
