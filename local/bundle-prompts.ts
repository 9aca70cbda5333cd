import { writeFileSync } from 'node:fs';
import { readPromptSets } from './prompts/read-prompt-sets.ts';
import { runMain } from './run-main.ts';

/** Checks the folder `prompts` and bundles it for the Worker, which reads no files. */
await runMain(async () => {
  writeFileSync('src/prompts/bundle.json', `${JSON.stringify(readPromptSets('prompts'), null, 2)}\n`);
});
