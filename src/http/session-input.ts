import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { Services } from '../services.ts';
import { findModel } from './find-model.ts';

const METADATA_MAX_CHARACTERS = 16_384;

export const memoryLimitField = z.number().int().min(1).nullish();
export const memoryTokensField = z.number().int().min(100).nullish();

const metadataField = z
  .record(z.string(), z.unknown())
  .refine((value) => JSON.stringify(value).length <= METADATA_MAX_CHARACTERS, {
    message: `must not be larger than ${METADATA_MAX_CHARACTERS} characters of JSON`,
  });

export const createSessionSchema = z.object({
  metadata: metadataField.default({}),
  memory_limit: memoryLimitField,
  memory_tokens: memoryTokensField,
  system_prompt: z.string().min(1).max(32_000).nullish(),
  prompt: z.string().min(1).max(64).nullish(),
  model: z.string().min(1).max(200).nullish(),
  mcp_servers: z.array(z.string().max(64)).max(64).nullish(),
  title: z.string().max(200).nullish(),
});

/** Absent fields stay as they are; null puts the deployment's default back. */
export const changeSessionSchema = createSessionSchema.partial().extend({ metadata: metadataField.optional() });

/** Throws AppError `invalid_memory_limit` above MEMORY_MAX. Undefined when none was asked for. */
export function checkedMemoryLimit({ env }: Services, requested: number | null | undefined): number | undefined {
  if (requested === null || requested === undefined) return undefined;
  if (requested > env.MEMORY_MAX) {
    throw new AppError('invalid_memory_limit', `The memory limit must not be larger than ${env.MEMORY_MAX}.`, {
      details: { requested, maximum: env.MEMORY_MAX },
    });
  }
  return requested;
}

/** Throws AppError `invalid_memory_limit` above MEMORY_TOKENS_MAX. Undefined when none was asked for. */
export function checkedMemoryTokens({ env }: Services, requested: number | null | undefined): number | undefined {
  if (requested === null || requested === undefined) return undefined;
  const maximum = env.MEMORY_TOKENS_MAX;
  if (requested > maximum) {
    throw new AppError('invalid_memory_limit', `\`memory_tokens\` must not be larger than ${maximum}.`, {
      details: { requested, maximum },
    });
  }
  return requested;
}

/** The id of the model that is meant. Throws AppError `unknown_model` for a name that is not in the catalogue. */
export function checkedModel({ models }: Services, requested: string | null | undefined): string | null {
  if (!requested) return null;
  const found = findModel(models, requested);
  if (found) return found.id;
  const known = models.list().map(({ id }) => id);
  throw new AppError('unknown_model', `There is no model "${requested}" here.`, { details: { requested, known } });
}

/** Throws AppError `unknown_prompt` for a name that is not in the prompt library. */
export function checkedPrompt({ prompts }: Services, requested: string | null | undefined): string | null {
  if (!requested) return null;
  const known = prompts.map(({ name }) => name);
  if (!known.includes(requested)) {
    const message = `There is no set of prompts "${requested}" here.`;
    throw new AppError('unknown_prompt', message, { details: { field: 'prompt', requested, known } });
  }
  return requested;
}

/** Throws AppError `unknown_mcp_server` for a name that is not configured. */
export function checkedServers({ tools }: Services, requested: readonly string[] | null | undefined): string[] | null {
  if (!requested) return null;
  const known = tools.serverNames();
  const unknown = requested.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new AppError('unknown_mcp_server', `There is no tool server "${unknown.join('", "')}" here.`, {
      details: { requested, known },
    });
  }
  return [...requested];
}
