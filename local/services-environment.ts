import type { ServicesOptions } from './open-services.ts';
import { readPort } from './read-port.ts';

/** Kept out of git. */
const DATA_FOLDER = '.local';

/** What the commands `npm run services` and `npm run dev` read from the shell's environment. */
export function servicesEnvironment(env: NodeJS.ProcessEnv): ServicesOptions {
  return {
    redisPort: readPort('LOCAL_REDIS_PORT', env['LOCAL_REDIS_PORT'], 8079),
    postgresPort: readPort('LOCAL_POSTGRES_PORT', env['LOCAL_POSTGRES_PORT'], 4444),
    modelPort: readPort('LOCAL_MODEL_PORT', env['LOCAL_MODEL_PORT'], 8090),
    dataFolder: env['LOCAL_DATA_FOLDER'] || DATA_FOLDER,
    redisUrl: env['REDIS_URL'],
    postgresUrl: env['POSTGRES_URL'],
  };
}
