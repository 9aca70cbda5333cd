import { sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import type { z } from 'zod';
import { orArchiveUnavailable, type Database } from '../archive/neon-database.ts';
import { AppError } from '../errors.ts';
import { filesOf, matches, searchStatement, statesStatement } from './neon-search.ts';
import {
  appended,
  forgetOldest,
  lockOwner,
  pastContent,
  removeStatement,
  sentContent,
  writeStatement,
  type Place,
} from './neon-write.ts';
import { fileRow, foundRow, moveRow, pastRow, removedRow, stateRow, storedRow, writtenRow } from './parse-rows.ts';
import { refuseChange } from './refuse-change.ts';
import { workspaceFiles, workspacePast } from './tables.ts';
import type { Expected, FileInfo, Workspace } from './workspace.ts';
import { shownPath, storedPath, WHOLE_WORKSPACE, type WorkspaceView } from './workspace-view.ts';

const INFO = sql.raw('path, version, size_bytes, media_type, updated_at');
/** How Postgres sorts paths whatever the database's language is. */
const BY_PATH = sql.raw('path collate "C"');

/** The files of `owner` in Postgres, those that `view` shows. Rejects with AppError `archive_unavailable`, too. */
export function neonWorkspace(database: Database, owner: string, view: WorkspaceView = WHOLE_WORKSPACE): Workspace {
  const stored = (path: string) => storedPath(view, path);
  const seen = <T extends FileInfo>(file: T): T => ({ ...file, path: shownPath(view, file.path) });

  async function query<T>(row: z.ZodType<T>, statement: SQL): Promise<T[]> {
    const { rows } = await orArchiveUnavailable(database.execute(statement));
    return rows.map((item) => row.parse(item));
  }

  /** The rows of `statement`, run alone among the changes of this owner, in one transaction. */
  async function change<T>(row: z.ZodType<T>, statement: SQL): Promise<T | undefined> {
    const batch = database.batch([
      database.execute(lockOwner(owner)),
      database.execute(statement),
      database.execute(forgetOldest(owner)),
    ]);
    const [, { rows }] = await orArchiveUnavailable(batch);
    return rows.map((item) => row.parse(item))[0];
  }

  async function write(path: string, content: (place: Place) => SQL, expected: Expected | undefined) {
    const place = { owner, path: stored(path) };
    const written = await change(writtenRow, writeStatement(place, content(place), expected));
    if (!written) throw new Error('A write answered no row.');
    if ('refusal' in written) throw refuseChange(written.refusal, path);
    return seen(written);
  }

  return {
    async read(shown, version) {
      const path = stored(shown);
      const content = sql`${INFO}, text, encode(bytes, 'base64') as base64`;
      const current = sql`select ${content} from ${workspaceFiles} where owner = ${owner} and path = ${path}`;
      const past = sql`select ${content} from ${workspacePast} where owner = ${owner} and path = ${path}`;
      const wanted = sql`version = ${version ?? 0}::bigint`;
      const either = sql`${current} and ${wanted} union all ${past} and ${wanted}`;
      const [file] = await query(storedRow, version === undefined ? current : either);
      return file ? seen(file) : null;
    },

    async readStates(versions, maxBytes) {
      const states = await query(stateRow, statesStatement(owner, versions, maxBytes));
      const byVersion = new Map(states.map((state) => [state.version, seen(state)]));
      return versions.map((version) => byVersion.get(version) ?? null);
    },

    write: (path, change) => write(path, () => sentContent(change), change.expected),
    append: (path, change) => write(path, () => appended(sentContent(change)), change.expected),
    restore: (path, version) => write(path, (place) => pastContent(place, version), undefined),

    list: ({ prefix, pattern, limit, after }) =>
      query(
        fileRow,
        sql`select ${INFO} from (${filesOf(owner, view)}) files
          where starts_with(path, ${prefix}) and ${matches(pattern)} and ${BY_PATH} > ${after ?? ''}
          order by ${BY_PATH} limit ${limit}`,
      ),

    search: (wanted) => query(foundRow, searchStatement(filesOf(owner, view), wanted)),

    async move(from, to) {
      const [source, target] = [stored(from), stored(to)];
      const moved = await change(
        moveRow,
        sql`with taken as (select 1 from ${workspaceFiles} where owner = ${owner} and path = ${target}),
          moved as (
            update ${workspaceFiles} set path = ${target}
            where owner = ${owner} and path = ${source} and not exists (select from taken) returning ${INFO}
          ),
          along as (
            update ${workspacePast} set path = ${target}
            where owner = ${owner} and path = ${source} and exists (select from moved)
          )
          select exists (select from taken) as taken,
            exists (select from ${workspaceFiles} where owner = ${owner} and path = ${source}) as found, moved.*
          from (select) nothing left join moved on true`,
      );
      if (!moved) throw new Error('A move answered no row.');
      if (moved.found && moved.taken) throw new AppError('file_exists', `There is already a file \`${to}\`.`);
      return moved.file && seen(moved.file);
    },

    async remove(path, expected) {
      const removed = await change(removedRow, removeStatement({ owner, path: stored(path) }, expected));
      if (removed && !removed.removed) throw refuseChange('changed', path);
      return removed ? seen(removed.file) : null;
    },

    async removeFolder(folder) {
      const below = (table: SQLWrapper) =>
        database.execute(
          sql`delete from ${table} where owner = ${owner} and starts_with(path, ${`${stored(folder)}/`})`,
        );
      await orArchiveUnavailable(
        database.batch([database.execute(lockOwner(owner)), below(workspaceFiles), below(workspacePast)]),
      );
    },

    async past(path) {
      const past = await query(
        pastRow,
        sql`select ${INFO}, retired_at from ${workspacePast} where owner = ${owner} and path = ${stored(path)}
          order by retired_at desc, version desc`,
      );
      return past.map(seen);
    },
  };
}
