import { sql, type SQL } from 'drizzle-orm';
import { toBase64 } from './base64.ts';
import { workspaceFiles, workspacePast } from './tables.ts';
import type { Expected, FileChange } from './workspace.ts';
import {
  FILE_MAX_BYTES,
  PAST_MAX_BYTES,
  PAST_MAX_OF_FILE,
  PAST_MAX_STATES,
  WORKSPACE_MAX_BYTES,
  WORKSPACE_MAX_FILES,
} from './workspace-limits.ts';

export interface Place {
  owner: string;
  path: string;
}

/** Changes of one owner wait for each other until the end of their transaction, so that quotas hold whoever writes beside. */
export function lockOwner(owner: string): SQL {
  return sql`select pg_advisory_xact_lock(hashtextextended(${`workspace ${owner}`}, 0))`;
}

/** `text`, `bytes` and `media_type` as the client sent them. */
export function sentContent({ content, mediaType }: FileChange): SQL {
  const text = content.kind === 'text' ? content.text : null;
  const base64 = content.kind === 'bytes' ? toBase64(content.bytes) : null;
  return sql`select ${text}::text as text, decode(${base64}::text, 'base64') as bytes, ${mediaType}::text as media_type`;
}

/** The same of an earlier state; no row where there is none. */
export function pastContent({ owner, path }: Place, version: number | undefined): SQL {
  const wanted = version === undefined ? sql`true` : sql`version = ${version}::bigint`;
  return sql`select text, bytes, media_type from ${workspacePast}
    where owner = ${owner} and path = ${path} and ${wanted} order by retired_at desc, version desc limit 1`;
}

/** What is there with `sent` behind it; text stays text as long as both are. */
export function appended(sent: SQL): SQL {
  return sql`select joined.text,
      case when joined.text is null
        then coalesce(before.bytes, convert_to(before.text, 'UTF8'), ''::bytea) || coalesce(sent.bytes, convert_to(sent.text, 'UTF8'))
      end as bytes,
      coalesce(before.media_type, sent.media_type) as media_type
    from (${sent}) sent left join before on true
    cross join lateral (
      select case when before.path is null or before.text is not null then coalesce(before.text, '') || sent.text end as text
    ) joined`;
}

/** One statement that checks and writes: it answers one row with a `verdict`, `ok` and `same` or a Refusal, and the file's fields. */
export function writeStatement({ owner, path }: Place, after: SQL, expected: Expected | undefined): SQL {
  return sql`with before as (select * from ${workspaceFiles} where owner = ${owner} and path = ${path}),
    after as (select *, octet_length(coalesce(convert_to(text, 'UTF8'), bytes)) as size_bytes from (${after}) content),
    others as (
      select count(*) as files, coalesce(sum(size_bytes), 0) as bytes
      from ${workspaceFiles} where owner = ${owner} and path <> ${path}
    ),
    decision as (
      select case
        when after.size_bytes is null then 'no_version'
        when ${isUnexpected(expected)} then 'changed'
        when after.size_bytes > ${FILE_MAX_BYTES}::int then 'too_large'
        when others.files >= ${WORKSPACE_MAX_FILES}::int then 'too_many'
        when others.bytes + after.size_bytes > ${WORKSPACE_MAX_BYTES}::int then 'full'
        when before.path is not null and before.media_type = after.media_type
          and before.text is not distinct from after.text and before.bytes is not distinct from after.bytes then 'same'
        else 'ok' end as verdict
      from others left join after on true left join before on true
    ),
    kept as (
      insert into ${workspacePast} (owner, path, version, text, bytes, size_bytes, media_type, updated_at, retired_at)
      select owner, path, version, text, bytes, size_bytes, media_type, updated_at, clock_timestamp()
      from before, decision where verdict = 'ok'
    ),
    written as (
      insert into ${workspaceFiles} (owner, path, version, text, bytes, size_bytes, media_type, updated_at)
      select ${owner}, ${path}, nextval('workspace_version'), text, bytes, size_bytes, media_type, clock_timestamp()
      from after, decision where verdict = 'ok'
      on conflict (owner, path) do update set version = excluded.version, text = excluded.text, bytes = excluded.bytes,
        size_bytes = excluded.size_bytes, media_type = excluded.media_type, updated_at = excluded.updated_at
      returning version, size_bytes, media_type, updated_at
    )
    select verdict, before.path is null as created, ${path}::text as path,
      coalesce(written.version, before.version) as version,
      coalesce(written.size_bytes, before.size_bytes) as size_bytes,
      coalesce(written.media_type, before.media_type) as media_type,
      coalesce(written.updated_at, before.updated_at) as updated_at
    from decision left join before on true left join written on true`;
}

/** Deletes and keeps what was there as an earlier state: it answers one row with `removed` and the file's fields, or none. */
export function removeStatement({ owner, path }: Place, expected: Expected | undefined): SQL {
  return sql`with before as (select * from ${workspaceFiles} where owner = ${owner} and path = ${path}),
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
    from before left join gone on true`;
}

/** Of a row `before` that may be all null. */
function isUnexpected(expected: Expected | undefined): SQL {
  if (expected === undefined) return sql`false`;
  if (expected === 'any') return sql`before.path is null`;
  if (expected === 'nothing') return sql`before.path is not null`;
  return sql`before.version is distinct from ${expected.version}::bigint`;
}

/** Forgets the oldest states beyond what is kept. */
export function forgetOldest(owner: string): SQL {
  return sql`delete from ${workspacePast} where version in (
    select version from (
      select version,
        row_number() over (partition by path order by retired_at desc, version desc) as of_file,
        row_number() over (order by retired_at desc, version desc) as of_all,
        sum(size_bytes) over (order by retired_at desc, version desc) as bytes
      from ${workspacePast} where owner = ${owner}
    ) ranked
    where of_file > ${PAST_MAX_OF_FILE}::int or of_all > ${PAST_MAX_STATES}::int or bytes > ${PAST_MAX_BYTES}::bigint
  )`;
}
