import { index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { CallerLimits } from './identity.ts';
import type { Scope } from './scope.ts';

const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });

/** API keys; a revoked one stays, so that what it did can still be named. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: text('id').primaryKey(),
    /** SHA-256 of the key, which itself is shown once and kept nowhere. */
    hash: text('hash').notNull().unique(),
    name: text('name').notNull(),
    owner: text('owner').notNull(),
    scopes: jsonb('scopes').$type<Scope[]>().notNull(),
    limits: jsonb('limits').$type<CallerLimits>().notNull(),
    hint: text('hint').notNull(),
    createdAt: time('created_at').notNull(),
    expiresAt: time('expires_at'),
    revokedAt: time('revoked_at'),
  },
  (table) => [index('api_keys_created').on(table.createdAt)],
);
