import { parseArgs } from 'node:util';
import { LocalError } from '../local/local-error.ts';

export interface BenchOptions {
  quick: boolean;
  only: string | undefined;
  /** A file for the tables. */
  json: string | undefined;
}

/** Throws LocalError for an option or a scenario that does not exist. */
export function readOptions(args: string[], scenarios: readonly string[]): BenchOptions {
  const usage = `Use: npm run bench -- [--quick] [--only NAME] [--json FILE], where NAME is one of ${scenarios.join(', ')}.`;
  const { quick, only, json } = parse(args, usage);
  if (only !== undefined && !scenarios.includes(only)) throw new LocalError(`There is no "${only}" here. ${usage}`);
  return { quick, only, json };
}

function parse(args: string[], usage: string): BenchOptions {
  const options = {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'string' },
  } as const;
  try {
    const { quick, only, json } = parseArgs({ args, options }).values;
    return { quick, only, json };
  } catch (cause) {
    throw new LocalError(usage, { cause });
  }
}
