import { index, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** What callers, and the deployment itself, are to tool servers. The sealed text is bound to its row's key. */
export const mcpCredentials = pgTable(
  'mcp_credentials',
  {
    key: text('key').primaryKey(),
    owner: text('owner').notNull(),
    sealed: text('sealed').notNull(),
    version: text('version').notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'date', precision: 3 }).notNull().defaultNow(),
  },
  (table) => [index('mcp_credentials_owner').on(table.owner)],
);
