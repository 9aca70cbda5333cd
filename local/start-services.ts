import { openServices, type LocalModel, type ServicesOptions } from './open-services.ts';
import type { LocalPostgres } from './postgres/start-postgres.ts';
import type { LocalRedis } from './redis/start-redis.ts';
import { workerVars } from './worker-vars.ts';

export type Services = {
  /** The Worker's variables. */
  vars: Record<string, string>;
  redis: LocalRedis;
  postgres: LocalPostgres;
  model: LocalModel;
  close(): Promise<void>;
};

/**
 * Starts everything that the Worker talks to, on this machine only, and applies the migrations. Throws LocalError for
 * what a person can mend: a taken port, a locked data folder, a server that does not answer.
 */
export async function startServices(options: ServicesOptions = {}): Promise<Services> {
  const { redis, postgres, model, sealingKey, close } = await openServices(
    options,
    new Set(['redis', 'postgres', 'model']),
  );
  if (redis === null || postgres === null || model === null)
    throw new Error('A service was asked for and not started.');
  return { vars: workerVars({ redis, postgres, model, sealingKey }), redis, postgres, model, close };
}
