import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { neon, neonConfig } from '@neondatabase/serverless';
import { drizzle } from 'drizzle-orm/neon-http';
import { migrate } from 'drizzle-orm/neon-http/migrator';

export type Database = {
  url: string;
  /** Where SQL over HTTP is served, when that does not follow from the host name as it does for Neon. */
  endpoint?: string | undefined;
};

/**
 * Brings `database` up to date; false when the folder holds no migrations. The driver's endpoint is a setting of the
 * whole process, so calls for two databases must not overlap.
 */
export async function applyMigrations(database: Database, migrationsFolder: string): Promise<boolean> {
  if (!existsSync(join(migrationsFolder, 'meta', '_journal.json'))) return false;
  const before = neonConfig.fetchEndpoint;
  if (database.endpoint !== undefined) neonConfig.fetchEndpoint = database.endpoint;
  try {
    await migrate(drizzle(neon(database.url)), { migrationsFolder });
  } finally {
    neonConfig.fetchEndpoint = before;
  }
  return true;
}
