import { AppError } from '../errors.ts';
import { choosePromptSet, type ChosenPrompts } from './choose-prompt-set.ts';
import type { PromptSet } from './prompt-library.ts';

/** PROMPT_SET that takes the set of each model. */
const BY_MODEL = 'auto';

/**
 * The prompts of a session: of the set that it names, or else of PROMPT_SET; null without either. Throws AppError `configuration_error` when
 * PROMPT_SET names no set.
 */
export function configuredPrompts(
  sets: readonly PromptSet[],
  setting: string | undefined,
): (name: string | null, modelId: string) => ChosenPrompts | null {
  if (setting !== undefined && setting !== BY_MODEL && !sets.some(({ name }) => name === setting)) {
    const known = sets.map(({ name }) => name).join(', ');
    throw new AppError('configuration_error', `PROMPT_SET names "${setting}", which is none of auto, ${known}.`);
  }
  return (name, modelId) => {
    if (name === null && setting === undefined) return null;
    const chosen = name ?? (setting === BY_MODEL || setting === undefined ? null : setting);
    return choosePromptSet(sets, chosen, modelId) ?? null;
  };
}
