import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** The variables in `.dev.vars`, as wrangler reads them. One that is empty counts as not set, as in src/env.ts. */
export function readDevVars(file = '.dev.vars'): Record<string, string> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // The file is the person's own and need not be there.
    return {};
  }
  const filled = Object.entries(parseEnv(text)).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(filled.map(([name, value]) => [name, String(value)]));
}
