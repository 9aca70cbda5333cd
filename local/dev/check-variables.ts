import { AppError } from '../../src/errors.ts';
import { ENV_NAMES, parseEnv } from '../../src/env.ts';
import { LocalError } from '../local-error.ts';

/** The local services set these; which values they will have does not matter for the check. */
const SET_LATER = {
  UPSTASH_REDIS_REST_URL: 'http://127.0.0.1',
  UPSTASH_REDIS_REST_TOKEN: 'local',
  DATABASE_URL: 'postgresql://127.0.0.1',
};

/** Throws LocalError for values that the Worker would refuse; returns the names in `.dev.vars` that it does not know. */
export function checkVariables(devVars: Record<string, string>): string[] {
  try {
    parseEnv({ ...SET_LATER, ...devVars });
  } catch (error) {
    if (error instanceof AppError) throw new LocalError(`.dev.vars: ${error.message}`, { cause: error });
    throw error;
  }
  // MCP_SERVERS may take secrets from variables with any name.
  const secrets = devVars['MCP_SERVERS'] ?? '';
  return Object.keys(devVars).filter((name) => !ENV_NAMES.includes(name) && !secrets.includes(`\${${name}}`));
}
