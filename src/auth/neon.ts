import { and, desc, eq, isNull, lt } from 'drizzle-orm';
import { orArchiveUnavailable, type Database } from '../archive/neon-database.ts';
import { storableText } from '../archive/storable-value.ts';
import { apiKeySchema, type ApiKey } from './api-key.ts';
import { apiKeys } from './tables.ts';

/** The keys in Postgres. Methods reject with AppError `archive_unavailable`. */
export interface KeyTable {
  add(key: ApiKey, hash: string): Promise<void>;
  list(page: { limit: number; before: number | undefined }): Promise<ApiKey[]>;
  find(hash: string): Promise<ApiKey | null>;
  hashOf(id: string): Promise<string | null>;
  revoke(id: string, at: number): Promise<boolean>;
}

export function neonKeys(database: Database): KeyTable {
  const live = isNull(apiKeys.revokedAt);
  return {
    async add({ createdAt, expiresAt, ...fields }, hash) {
      const row = {
        ...fields,
        name: storableText(fields.name),
        hash,
        createdAt: new Date(createdAt),
        expiresAt: expiresAt === null ? null : new Date(expiresAt),
      };
      await orArchiveUnavailable(database.insert(apiKeys).values(row));
    },
    async list({ limit, before }) {
      const older = before === undefined ? undefined : lt(apiKeys.createdAt, new Date(before));
      const rows = database.select().from(apiKeys).where(and(live, older)).orderBy(desc(apiKeys.createdAt));
      return (await orArchiveUnavailable(rows.limit(limit))).map(toKey);
    },
    async find(hash) {
      const rows = database
        .select()
        .from(apiKeys)
        .where(and(live, eq(apiKeys.hash, hash)));
      const [row] = await orArchiveUnavailable(rows);
      return row ? toKey(row) : null;
    },
    async hashOf(id) {
      const rows = database
        .select({ hash: apiKeys.hash })
        .from(apiKeys)
        .where(and(live, eq(apiKeys.id, storableText(id))));
      return (await orArchiveUnavailable(rows))[0]?.hash ?? null;
    },
    async revoke(id, at) {
      const rows = database
        .update(apiKeys)
        .set({ revokedAt: new Date(at) })
        .where(and(live, eq(apiKeys.id, storableText(id))))
        .returning({ id: apiKeys.id });
      return (await orArchiveUnavailable(rows)).length > 0;
    },
  };
}

function toKey({ createdAt, expiresAt, ...row }: typeof apiKeys.$inferSelect): ApiKey {
  return apiKeySchema.parse({
    ...row,
    createdAt: createdAt.getTime(),
    expiresAt: expiresAt === null ? null : expiresAt.getTime(),
  });
}
