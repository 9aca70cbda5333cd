import bundle from './bundle.json' with { type: 'json' };
import { promptSetsSchema, type PromptSet } from './prompt-library.ts';

/** The sets of the folder `prompts`, as `npm run prompts` has bundled them. */
export const bundledPrompts: readonly PromptSet[] = promptSetsSchema.parse(bundle);
