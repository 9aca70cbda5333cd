import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { openDatabase, type Database } from '../../src/archive/neon-database.ts';
import type { Env } from '../../src/env.ts';
import { MIGRATIONS_FOLDER } from '../migrations-folder.ts';
import { fine, wrong, type Finding } from './finding.ts';
import { timeProbe } from './time-probe.ts';

const journal = z.object({ entries: z.array(z.object({ tag: z.string() })) });
const count = z.array(z.object({ count: z.coerce.number() })).min(1);

/** Asks Postgres how old its tables are, and whether it can compare vectors when that is wanted. */
export async function probeDatabase(env: Env): Promise<Finding[]> {
  if (!env.DATABASE_URL) return [];
  const about = 'Postgres';
  try {
    const database = openDatabase(env);
    if (!database) return [];
    const { ms } = await timeProbe(() => database.execute(sql`select 1`));
    const findings = [fine(about, `answers, ${ms} ms a round trip`), await migrationsOf(database)];
    return [...findings, ...(env.EMBEDDING_MODEL ? [await vectorsOf(database)] : [])];
  } catch {
    return [wrong(about, 'cannot be reached, or refuses the user: see DATABASE_URL')];
  }
}

async function migrationsOf(database: Database): Promise<Finding> {
  const { entries } = journal.parse(JSON.parse(readFileSync(join(MIGRATIONS_FOLDER, 'meta', '_journal.json'), 'utf8')));
  const missing = (some: string): Finding =>
    wrong('tables', `${some} of ${entries.length} migrations: run npm run migrate`);
  try {
    const applied = await database.execute(sql`select count(*) from drizzle.__drizzle_migrations`);
    const [row] = count.parse(applied.rows);
    const behind = entries.length - (row?.count ?? 0);
    return behind > 0 ? missing(`lack ${behind}`) : fine('tables', `have all ${entries.length} migrations`);
  } catch {
    // The table of migrations is made by the first one.
    return missing('lack all');
  }
}

async function vectorsOf(database: Database): Promise<Finding> {
  const { rows } = await database.execute(sql`select count(*) from pg_extension where extname = 'vector'`);
  const has = (count.parse(rows)[0]?.count ?? 0) > 0;
  if (has) return fine('vectors', 'the extension is there');
  return wrong('EMBEDDING_MODEL', 'is set, and the database lacks the extension vector: searches go by words alone');
}
