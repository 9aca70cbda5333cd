import { join } from 'node:path';
import { keepSealingKey } from './keep-sealing-key.ts';
import { lockFolder } from './lock-folder.ts';
import { MIGRATIONS_FOLDER } from './migrations-folder.ts';
import { startDemonstrationModel } from './model/demonstration-model.ts';
import { startPostgres, type LocalPostgres } from './postgres/start-postgres.ts';
import { startRedis, type LocalRedis } from './redis/start-redis.ts';

export type ServiceName = 'redis' | 'postgres' | 'model';
export type LocalModel = Awaited<ReturnType<typeof startDemonstrationModel>>;

export type ServicesOptions = {
  host?: string;
  /** A port that is not given, or 0, becomes any free one. */
  redisPort?: number;
  postgresPort?: number;
  modelPort?: number;
  /** Keeps Postgres' data and the sealing key, and is locked; without it they are gone when the services close. */
  dataFolder?: string | undefined;
  /** Real servers behind the same fronts. */
  redisUrl?: string | undefined;
  postgresUrl?: string | undefined;
  /** Default: the project's `migrations`. */
  migrationsFolder?: string;
};

export type OpenServices = {
  redis: LocalRedis | null;
  postgres: LocalPostgres | null;
  model: LocalModel | null;
  /** For SEALING_KEYS. */
  sealingKey: string;
  close(): Promise<void>;
};

/** Starts the services that are `needed` and migrates the database. When one fails, all are closed again. */
export async function openServices(options: ServicesOptions, needed: Set<ServiceName>): Promise<OpenServices> {
  const { host = '127.0.0.1', dataFolder, migrationsFolder = MIGRATIONS_FOLDER } = options;
  const { redisUrl, redisPort = 0, postgresUrl, postgresPort = 0, modelPort = 0 } = options;
  await using opened = new AsyncDisposableStack();

  const keep = async <T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const service = await starting;
    opened.defer(() => service.close());
    return service;
  };
  const openPostgres = async (): Promise<LocalPostgres> => {
    const folder = postgresUrl || !dataFolder ? undefined : dataFolder;
    if (folder !== undefined) opened.defer(lockFolder(folder));
    // drizzle takes most of a second to load: the time in which the database starts.
    const [postgres, { applyMigrations }] = await Promise.all([
      keep(startPostgres({ host, port: postgresPort, postgresUrl, dataFolder: folder && join(folder, 'postgres') })),
      import('./apply-migrations.ts'),
    ]);
    await applyMigrations(postgres, migrationsFolder);
    return postgres;
  };
  const absent = Promise.resolve(null);
  const starting = [
    needed.has('redis') ? keep(startRedis({ host, port: redisPort, redisUrl })) : absent,
    needed.has('postgres') ? openPostgres() : absent,
    needed.has('model') ? keep(startDemonstrationModel({ host, port: modelPort })) : absent,
  ] as const;

  // All are waited for before the first failure is thrown: one that is still starting could not be closed.
  await Promise.allSettled(starting);
  const [redis, postgres, model] = await Promise.all(starting);
  const running = opened.move();
  return { redis, postgres, model, sealingKey: keepSealingKey(dataFolder), close: () => running.disposeAsync() };
}
