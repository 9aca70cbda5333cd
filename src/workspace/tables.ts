import {
  bigint,
  customType,
  index,
  integer,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';

const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });
const bytea = customType<{ data: string }>({ dataType: () => 'bytea' });

/** Numbers every state that any file ever had, so that a file which is deleted and made again never repeats a number. */
export const workspaceVersion = pgSequence('workspace_version');

/** Exactly one of `text` and `bytes` holds the content: bytes that are UTF-8 without NUL are text, which Postgres can search. */
const content = {
  owner: text('owner').notNull(),
  path: text('path').notNull(),
  version: bigint('version', { mode: 'number' }).notNull(),
  text: text('text'),
  bytes: bytea('bytes'),
  sizeBytes: integer('size_bytes').notNull(),
  mediaType: text('media_type').notNull(),
  updatedAt: time('updated_at').notNull(),
};

/** The files as they are now. */
export const workspaceFiles = pgTable('workspace_files', content, (table) => [
  primaryKey({ columns: [table.owner, table.path] }),
]);

/** What files were before they were overwritten or deleted. */
export const workspacePast = pgTable(
  'workspace_past',
  { ...content, retiredAt: time('retired_at').notNull() },
  (table) => [primaryKey({ columns: [table.version] }), index('workspace_past_owner_path').on(table.owner, table.path)],
);
