import { and, eq, inArray, sql } from 'drizzle-orm';
import { orArchiveUnavailable, type Database } from '../archive/neon-database.ts';
import type { CredentialStore } from './credential-store.ts';
import { mcpCredentials } from './tables.ts';

/** Rejects with AppError `archive_unavailable`. */
export function neonCredentials(database: Database): CredentialStore {
  const { key: keyColumn, sealed, version } = mcpCredentials;
  const row = (key: string, over: string | undefined) =>
    and(eq(keyColumn, key), over === undefined ? undefined : eq(version, over));

  return {
    async read(keys) {
      if (keys.length === 0) return [];
      const columns = { key: keyColumn, sealed, version };
      const query = database
        .select(columns)
        .from(mcpCredentials)
        .where(inArray(keyColumn, [...keys]));
      const rows = new Map((await orArchiveUnavailable(query)).map(({ key, ...credential }) => [key, credential]));
      return keys.map((key) => rows.get(key) ?? null);
    },
    async write(key, credential, over) {
      const values = { ...credential, updatedAt: sql`now()` };
      const query =
        over === undefined
          ? database
              .insert(mcpCredentials)
              .values({ key, ...values })
              .onConflictDoUpdate({ target: keyColumn, set: values })
              .returning({ key: keyColumn })
          : database.update(mcpCredentials).set(values).where(row(key, over)).returning({ key: keyColumn });
      return (await orArchiveUnavailable<unknown[]>(query)).length > 0;
    },
    async remove(key, over) {
      const query = database.delete(mcpCredentials).where(row(key, over)).returning({ key: keyColumn });
      return (await orArchiveUnavailable(query)).length > 0;
    },
  };
}
