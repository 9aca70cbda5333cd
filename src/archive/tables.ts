import type { UIMessage } from 'ai';
import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, timestamp, varchar } from 'drizzle-orm/pg-core';
import type { MessageStatus } from '../memory/stored-message.ts';
import { TITLE_MAX } from '../tasks/task-limits.ts';
import type { OnDelete } from './archive.ts';

const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });

/** A session outlives Redis here. A deleted one stays as a row with `deleted_at`, so that a late delivery cannot bring it back. */
export const sessions = pgTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    /** Null only in the tombstone of a session that was deleted before anything else of it arrived. */
    owner: text('owner'),
    title: text('title'),
    metadata: jsonb('metadata').$type<Record<string, unknown>>().notNull().default({}),
    memoryLimit: integer('memory_limit'),
    memoryTokens: integer('memory_tokens'),
    systemPrompt: text('system_prompt'),
    prompt: text('prompt'),
    model: text('model'),
    mcpServers: jsonb('mcp_servers').$type<string[]>(),
    createdAt: time('created_at'),
    lastActivityAt: time('last_activity_at'),
    deletedAt: time('deleted_at'),
    /** What was done with the messages of a deleted session; null of an older row: they were erased. */
    deletion: text('deletion').$type<OnDelete>(),
    revision: integer('revision').notNull().default(0),
  },
  (table) => [
    index('sessions_owner_activity').on(table.owner, table.lastActivityAt),
    index('sessions_activity').on(table.lastActivityAt),
  ],
);

/** One stored message; `v` and the columns beside `message` are the envelope of src/memory/stored-message.ts. */
export const messages = pgTable(
  'messages',
  {
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    id: text('id').notNull(),
    v: integer('v').notNull(),
    turnId: text('turn_id').notNull(),
    position: integer('position').notNull(),
    role: text('role').$type<UIMessage['role']>().notNull(),
    status: text('status').$type<MessageStatus>().notNull(),
    model: text('model'),
    usage: jsonb('usage'),
    createdAt: time('created_at').notNull(),
    message: jsonb('message').$type<UIMessage>().notNull(),
    /** The text as a search compares it, made by `normaliseText`. */
    words: text('words').notNull().default(''),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.id] }),
    index('messages_session_position').on(table.sessionId, table.position),
    index('messages_words').using('gin', sql`to_tsvector('simple', ${table.words})`),
  ],
);

export const tasks = pgTable(
  'tasks',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    owner: text('owner').notNull(),
    title: varchar('title', { length: TITLE_MAX }).notNull(),
    description: text('description'),
    completed: boolean('completed').notNull().default(false),
    createdAt: time('created_at').notNull().defaultNow(),
    updatedAt: time('updated_at').notNull().defaultNow(),
  },
  (table) => [index('tasks_owner').on(table.owner, table.id)],
);
