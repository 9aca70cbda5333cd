import { openDatabase, type Database } from '../../src/archive/neon-database.ts';
import { openServices } from '../../local/open-services.ts';
import { Secret } from '../../src/secret.ts';

/** A migrated database behind the local front of Neon's SQL over HTTP: a PGlite of its own, or the PostgreSQL at POSTGRES_URL. */
export async function openTestDatabase(): Promise<{ database: Database; close(): Promise<void> }> {
  const services = await openServices({ postgresUrl: process.env['POSTGRES_URL'] }, new Set(['postgres']));
  const { postgres } = services;
  if (!postgres) throw new Error('The local Postgres did not start.');
  const database = openDatabase({ DATABASE_URL: new Secret(postgres.url), NEON_FETCH_ENDPOINT: postgres.endpoint });
  if (!database) throw new Error('There is no database.');
  return { database, close: () => services.close() };
}
