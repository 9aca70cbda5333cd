import { LocalError } from './local-error.ts';

/** Runs a command of this folder: a LocalError ends it with its one sentence, anything else with a stack; both with 1. */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof LocalError ? `\n${error.message}` : error);
    process.exit(1);
  }
}
