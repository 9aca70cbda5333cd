import { parseArgs } from 'node:util';
import { LocalError } from '../local-error.ts';
import { readPort } from '../read-port.ts';

const USAGE =
  'Usage: npm run dev [-- --port N --var NAME:VALUE …]. The port may also stand in the variable PORT; it is 8787 otherwise.';

export interface DevArguments {
  port: number;
  /** Variables of the Worker for this once, before those of `.dev.vars`. */
  vars: Record<string, string>;
}

/** Throws LocalError for an argument that is unknown or wrong. */
export function readArguments(args: string[], env: NodeJS.ProcessEnv): DevArguments {
  const { port, var: pairs = [] } = parse(args);
  return {
    port: port === undefined ? readPort('PORT', env['PORT'], 8787) : readPort('--port', port, 8787),
    vars: Object.fromEntries(pairs.map(readPair)),
  };
}

function readPair(pair: string): [string, string] {
  const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*):([^]*)$/.exec(pair) ?? [];
  if (name === undefined || value === undefined) throw new LocalError(`--var must be NAME:VALUE. ${USAGE}`);
  return [name, value];
}

function parse(args: string[]): { port?: string | undefined; var?: string[] | undefined } {
  try {
    return parseArgs({ args, options: { port: { type: 'string' }, var: { type: 'string', multiple: true } } }).values;
  } catch (cause) {
    const problem = cause instanceof Error ? (cause.message.split('. ')[0] ?? '') : String(cause);
    throw new LocalError(`${problem.replace(/\.$/, '')}. ${USAGE}`, { cause });
  }
}
