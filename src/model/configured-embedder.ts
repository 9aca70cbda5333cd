import { createGoogle } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { EmbeddingModelV4 } from '@ai-sdk/provider';
import type { Env } from '../env.ts';
import { AppError } from '../errors.ts';
import type { Embedder } from '../knowledge/embedder.ts';
import { sdkEmbedder } from './sdk-embedder.ts';

type Connect = (model: string) => EmbeddingModelV4;

/** The providers that have embedding models: what they need, and how they are reached where that is set. */
function providers(env: Env): Record<string, { needs: string; connect: Connect | null }> {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, GEMINI_API_KEY, GEMINI_BASE_URL, OPENROUTER_KEY, COMPATIBLE_BASE_URL } = env;
  const openai =
    OPENAI_API_KEY &&
    createOpenAI({ apiKey: OPENAI_API_KEY.reveal(), ...(OPENAI_BASE_URL && { baseURL: OPENAI_BASE_URL }) });
  const google =
    GEMINI_API_KEY &&
    createGoogle({ apiKey: GEMINI_API_KEY.reveal(), ...(GEMINI_BASE_URL && { baseURL: GEMINI_BASE_URL }) });
  const openrouter =
    OPENROUTER_KEY &&
    createOpenAICompatible({ name: 'openrouter', apiKey: OPENROUTER_KEY.reveal(), baseURL: env.OPENROUTER_BASE_URL });
  const compatible =
    COMPATIBLE_BASE_URL &&
    createOpenAICompatible({
      name: 'compatible',
      baseURL: COMPATIBLE_BASE_URL,
      ...(env.COMPATIBLE_API_KEY && { apiKey: env.COMPATIBLE_API_KEY.reveal() }),
    });
  return {
    openai: { needs: 'OPENAI_API_KEY', connect: openai ? (model) => openai.embeddingModel(model) : null },
    google: { needs: 'GEMINI_API_KEY', connect: google ? (model) => google.embeddingModel(model) : null },
    openrouter: { needs: 'OPENROUTER_KEY', connect: openrouter ? (model) => openrouter.embeddingModel(model) : null },
    compatible: {
      needs: 'COMPATIBLE_BASE_URL',
      connect: compatible ? (model) => compatible.embeddingModel(model) : null,
    },
  };
}

/** Null without EMBEDDING_MODEL. Throws AppError `configuration_error` when its provider is not configured. */
export function configuredEmbedder(env: Env): Embedder | null {
  const id = env.EMBEDDING_MODEL;
  if (id === undefined) return null;
  const [provider = '', ...model] = id.split('/');
  const row = providers(env)[provider];
  if (!row?.connect) {
    const message = `EMBEDDING_MODEL is of the provider ${provider}, which is not configured: set ${row?.needs ?? 'another'}.`;
    throw new AppError('configuration_error', message);
  }
  return sdkEmbedder(id, row.connect(model.join('/')), env.EMBEDDING_DIMENSIONS);
}
