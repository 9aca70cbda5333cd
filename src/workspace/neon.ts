import { sql, type SQL } from 'drizzle-orm';
import type { z } from 'zod';
import { orArchiveUnavailable, type Database } from '../archive/neon-database.ts';
import { AppError } from '../errors.ts';
import {
  appended,
  forgetOldest,
  isUnexpected,
  lockOwner,
  pastContent,
  sentContent,
  writeStatement,
} from './neon-write.ts';
import { fileRow, foundRow, moveRow, pastRow, removedRow, storedRow, writtenRow } from './parse-rows.ts';
import { refuseChange } from './refuse-change.ts';
import { workspaceFiles, workspacePast } from './tables.ts';
import type { Expected, Workspace } from './workspace.ts';
import { LINE_SHOWN_CHARACTERS } from './workspace-limits.ts';

const INFO = sql.raw('path, version, size_bytes, media_type, updated_at');
/** How Postgres sorts paths whatever the database's language is. */
const BY_PATH = sql.raw('path collate "C"');

/** The files of `owner` in Postgres. Rejects with AppError `archive_unavailable`, too. */
export function neonWorkspace(database: Database, owner: string): Workspace {
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

  async function write(path: string, after: SQL, expected: Expected | undefined) {
    const written = await change(writtenRow, writeStatement({ owner, path }, after, expected));
    if (!written) throw new Error('A write answered no row.');
    if ('refusal' in written) throw refuseChange(written.refusal, path);
    return written;
  }

  return {
    async read(path, version) {
      const content = sql`${INFO}, text, encode(bytes, 'base64') as base64`;
      const current = sql`select ${content} from ${workspaceFiles} where owner = ${owner} and path = ${path}`;
      const past = sql`select ${content} from ${workspacePast} where owner = ${owner} and path = ${path}`;
      const wanted = sql`version = ${version ?? 0}::bigint`;
      const either = sql`${current} and ${wanted} union all ${past} and ${wanted}`;
      const [file] = await query(storedRow, version === undefined ? current : either);
      return file ?? null;
    },

    write: (path, change) => write(path, sentContent(change), change.expected),
    append: (path, change) => write(path, appended(sentContent(change)), change.expected),
    restore: (path, version) => write(path, pastContent({ owner, path }, version), undefined),

    list: ({ prefix, pattern, limit, after }) =>
      query(
        fileRow,
        sql`select ${INFO} from ${workspaceFiles}
          where owner = ${owner} and starts_with(path, ${prefix}) and ${matches(pattern)} and ${BY_PATH} > ${after ?? ''}
          order by ${BY_PATH} limit ${limit}`,
      ),

    search: ({ query: wanted, caseSensitive, pattern, limit }) => {
      const fold = (text: SQL) => (caseSensitive ? text : sql`lower(${text})`);
      const at = (text: SQL) => sql`strpos(${fold(text)}, ${fold(sql`${wanted}::text`)})`;
      return query(
        foundRow,
        sql`select path, number as line,
            case when start > 1 then '…' else '' end || substr(line, start, ${LINE_SHOWN_CHARACTERS}::int)
              || case when length(line) >= start + ${LINE_SHOWN_CHARACTERS}::int then '…' else '' end as text
          from ${workspaceFiles}
          cross join lateral string_to_table(text, chr(10)) with ordinality as split(raw, number)
          cross join lateral (select rtrim(raw, chr(13)) as line) trimmed
          cross join lateral (
            select case when length(line) <= ${LINE_SHOWN_CHARACTERS}::int then 1
              else greatest(1, ${at(sql.raw('line'))} - ${LINE_SHOWN_CHARACTERS / 4}::int) end as start
          ) shown
          where owner = ${owner} and ${matches(pattern)} and ${at(sql.raw('text'))} > 0 and ${at(sql.raw('line'))} > 0
          order by ${BY_PATH}, number limit ${limit}`,
      );
    },

    async move(from, to) {
      const moved = await change(
        moveRow,
        sql`with taken as (select 1 from ${workspaceFiles} where owner = ${owner} and path = ${to}),
          moved as (
            update ${workspaceFiles} set path = ${to}
            where owner = ${owner} and path = ${from} and not exists (select from taken) returning ${INFO}
          ),
          along as (
            update ${workspacePast} set path = ${to}
            where owner = ${owner} and path = ${from} and exists (select from moved)
          )
          select exists (select from taken) as taken,
            exists (select from ${workspaceFiles} where owner = ${owner} and path = ${from}) as found, moved.*
          from (select) nothing left join moved on true`,
      );
      if (!moved) throw new Error('A move answered no row.');
      if (moved.found && moved.taken) throw new AppError('file_exists', `There is already a file \`${to}\`.`);
      return moved.file;
    },

    async remove(path, expected) {
      const removed = await change(
        removedRow,
        sql`with before as (select * from ${workspaceFiles} where owner = ${owner} and path = ${path}),
          gone as (
            delete from ${workspaceFiles} using before
            where workspace_files.owner = before.owner and workspace_files.path = before.path
              and not (${isUnexpected(expected)}) returning before.*
          ),
          kept as (
            insert into ${workspacePast} (owner, path, version, text, bytes, size_bytes, media_type, updated_at, retired_at)
            select owner, path, version, text, bytes, size_bytes, media_type, updated_at, clock_timestamp() from gone
          )
          select gone.version is not null as removed, before.path, before.version, before.size_bytes, before.media_type,
            before.updated_at
          from before left join gone on true`,
      );
      if (removed && !removed.removed) throw refuseChange('changed', path);
      return removed?.file ?? null;
    },

    past: (path) =>
      query(
        pastRow,
        sql`select ${INFO}, retired_at from ${workspacePast} where owner = ${owner} and path = ${path}
          order by retired_at desc, version desc`,
      ),
  };
}

function matches(pattern: string | null): SQL {
  return pattern === null ? sql`true` : sql`path ~ ${pattern}`;
}
