import { parseArgs } from 'node:util';
import { LocalError } from '../local-error.ts';
import { readPort } from '../read-port.ts';

const USAGE = 'Usage: npm run dev [-- --port N]. The port may also stand in the variable PORT; it is 8787 otherwise.';

/** Throws LocalError for an argument that is unknown or wrong. */
export function readArguments(args: string[], env: NodeJS.ProcessEnv): { port: number } {
  const { port } = parse(args);
  return { port: port === undefined ? readPort('PORT', env['PORT'], 8787) : readPort('--port', port, 8787) };
}

function parse(args: string[]): { port?: string | undefined } {
  try {
    return parseArgs({ args, options: { port: { type: 'string' } } }).values;
  } catch (cause) {
    const problem = cause instanceof Error ? (cause.message.split('. ')[0] ?? '') : String(cause);
    throw new LocalError(`${problem.replace(/\.$/, '')}. ${USAGE}`, { cause });
  }
}
