import { and, desc, eq, lt, sql, type SQL } from 'drizzle-orm';
import { orArchiveUnavailable, type Database } from '../archive/neon-database.ts';
import { storableText } from '../archive/storable-value.ts';
import { tasks } from '../archive/tables.ts';
import { TASK_ID_MAX } from './task-limits.ts';
import type { Task, TaskStore } from './task-store.ts';

/** More than a person keeps and a model reads; the rest of a longer list is left out. */
const LIST_MAX = 1000;

/**
 * The tasks of `owner` in Postgres. Fields are expected as `titleSchema` and `descriptionSchema` leave them. Rejects with AppError
 * `archive_unavailable`.
 */
export function neonTaskStore(database: Database, owner: string): TaskStore {
  const mine = (id: number): SQL | undefined =>
    Number.isInteger(id) && id > 0 && id <= TASK_ID_MAX ? and(eq(tasks.owner, owner), eq(tasks.id, id)) : sql`false`;

  return {
    async add({ title, description }) {
      const fields = { owner, title: storableText(title), description: storable(description) };
      const task = await one(database.insert(tasks).values(fields).returning());
      if (!task) throw new Error('An insert returned no row.');
      return task;
    },
    async list(filter, { limit = LIST_MAX, belowId } = {}) {
      const wanted = filter === 'all' ? undefined : eq(tasks.completed, filter === 'completed');
      const query = database
        .select()
        .from(tasks)
        .where(and(eq(tasks.owner, owner), wanted, belowId === undefined ? undefined : lt(tasks.id, belowId)))
        .orderBy(desc(tasks.id))
        .limit(Math.min(limit, LIST_MAX));
      return (await orArchiveUnavailable(query)).map(toTask);
    },
    get: (id) => one(database.select().from(tasks).where(mine(id))),
    update: (id, { title, description, completed }) =>
      one(
        database
          .update(tasks)
          .set({
            title: title === undefined ? undefined : storableText(title),
            description: description === undefined ? undefined : storable(description),
            completed,
            updatedAt: sql`now()`,
          })
          .where(mine(id))
          .returning(),
      ),
    remove: (id) => one(database.delete(tasks).where(mine(id)).returning()),
  };
}

const storable = (text: string | null) => (text === null ? null : storableText(text));

type Row = typeof tasks.$inferSelect;

function toTask({ owner: _owner, createdAt, updatedAt, ...task }: Row): Task {
  return { ...task, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}

async function one(rows: PromiseLike<Row[]>): Promise<Task | null> {
  const [row] = await orArchiveUnavailable(rows);
  return row ? toTask(row) : null;
}
