import { BASELINE, type PromptSet } from './prompt-library.ts';

export type ChosenPrompts = Required<PromptSet>;

/**
 * The set of that name, or else the one for the model (a catalogue id, `provider/model`): the set whose name the model's own name begins
 * with, the longest one; then the set named after the provider; then the baseline, which also lends what a set leaves out. Examples are not
 * lent. Undefined when there is no set of that name.
 */
export function choosePromptSet(
  sets: readonly PromptSet[],
  name: string | null,
  modelId: string,
): ChosenPrompts | undefined {
  const baseline = sets.find((set) => set.name === BASELINE);
  const chosen = name === null ? (setOfModel(sets, modelId) ?? baseline) : sets.find((set) => set.name === name);
  if (!chosen) return undefined;
  return {
    name: chosen.name,
    starting: chosen.starting ?? baseline?.starting ?? '',
    summary: chosen.summary ?? baseline?.summary ?? '',
    examples: chosen.examples,
  };
}

function setOfModel(sets: readonly PromptSet[], modelId: string): PromptSet | undefined {
  const [provider = '', ...rest] = modelId.split('/');
  // Behind a router a model has its maker's name before its own.
  const model = rest.at(-1) ?? '';
  const fitting = sets.filter(({ name }) => name !== BASELINE && model.startsWith(name));
  return (
    fitting.sort((one, other) => other.name.length - one.name.length)[0] ?? sets.find(({ name }) => name === provider)
  );
}
