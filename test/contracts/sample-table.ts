import { sql } from 'drizzle-orm';
import { bigint, boolean, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { NeonHttpDatabase } from 'drizzle-orm/neon-http';

/** Test files run side by side on one server: each has a table of its own. */
export const SAMPLES = `samples_${crypto.randomUUID().slice(0, 8)}`;

export const samples = pgTable(SAMPLES, {
  id: uuid().primaryKey().defaultRandom(),
  title: text().notNull().unique(),
  tags: text().array().notNull().default([]),
  body: jsonb().$type<unknown>(),
  tokens: bigint({ mode: 'bigint' }),
  score: integer(),
  done: boolean().notNull().default(false),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  parentId: uuid('parent_id'),
});

export async function createSamples(database: NeonHttpDatabase): Promise<void> {
  await dropSamples(database);
  await database.execute(
    sql.raw(`create table ${SAMPLES} (
      id uuid primary key default gen_random_uuid(),
      title text not null,
      tags text[] not null default '{}',
      body jsonb,
      tokens bigint,
      score integer check (score >= 0),
      done boolean not null default false,
      created_at timestamptz not null default now(),
      parent_id uuid references ${SAMPLES} (id) deferrable initially deferred,
      constraint ${SAMPLES}_title unique (title)
    )`),
  );
}

export async function dropSamples(database: NeonHttpDatabase): Promise<void> {
  await database.execute(sql.raw(`drop table if exists ${SAMPLES}`));
}
