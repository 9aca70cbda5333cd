import { sql, type SQL } from 'drizzle-orm';
import { workspaceFiles, workspacePast } from './tables.ts';
import type { SearchFiles } from './workspace.ts';
import { LINE_SHOWN_CHARACTERS } from './workspace-limits.ts';
import type { WorkspaceView } from './workspace-view.ts';

/** The owner's files that the view shows, under the paths by which it shows them. */
export function filesOf(owner: string, view: WorkspaceView): SQL {
  const parts = view.map(({ root, shownAs, hides }) => {
    const hidden = hides === null ? sql`true` : sql`not starts_with(path, ${root + hides})`;
    return sql`select ${shownAs}::text || substr(path, ${root.length + 1}::int) as path,
        version, size_bytes, media_type, updated_at, text
      from ${workspaceFiles} where owner = ${owner} and starts_with(path, ${root}) and ${hidden}`;
  });
  return sql.join(parts, sql.raw(' union all '));
}

/** Whether the path fits a pattern of `globPattern`. */
export function matches(pattern: string | null): SQL {
  return pattern === null ? sql`true` : sql`path ~ ${pattern}`;
}

/** The states of these versions, with as many contents, from the first one on, as fit into `maxBytes`. */
export function statesStatement(owner: string, versions: readonly number[], maxBytes: number): SQL {
  const columns = sql.raw('path, version, size_bytes, media_type, updated_at, text, bytes');
  const wanted = sql`select version::bigint, min(number) as number
    from jsonb_array_elements_text(${JSON.stringify(versions)}::jsonb) with ordinality as sent(version, number) group by 1`;
  return sql`with wanted as (${wanted}),
    found as (
      select ${columns} from ${workspaceFiles} where owner = ${owner} and version in (select version from wanted)
      union all
      select ${columns} from ${workspacePast} past where owner = ${owner} and version in (select version from wanted)
        and exists (select from ${workspaceFiles} now where now.owner = past.owner and now.path = past.path)
    ),
    counted as (
      select found.*, sum(size_bytes) over (order by number) > ${maxBytes}::int as left_out
      from found join wanted using (version)
    )
    select path, version, size_bytes, media_type, updated_at, left_out,
      case when not left_out then text end as text, case when not left_out then encode(bytes, 'base64') end as base64
    from counted`;
}

/** The lines of those files that hold the text, by path and number. */
export function searchStatement(files: SQL, { query, caseSensitive, pattern, limit }: SearchFiles): SQL {
  const fold = (text: SQL) => (caseSensitive ? text : sql`lower(${text})`);
  const at = (text: SQL) => sql`strpos(${fold(text)}, ${fold(sql`${query}::text`)})`;
  return sql`select path, number as line,
      case when start > 1 then '…' else '' end || substr(line, start, ${LINE_SHOWN_CHARACTERS}::int)
        || case when length(line) >= start + ${LINE_SHOWN_CHARACTERS}::int then '…' else '' end as text
    from (${files}) files
    cross join lateral string_to_table(text, chr(10)) with ordinality as split(raw, number)
    cross join lateral (select rtrim(raw, chr(13)) as line) trimmed
    cross join lateral (
      select case when length(line) <= ${LINE_SHOWN_CHARACTERS}::int then 1
        else greatest(1, ${at(sql.raw('line'))} - ${LINE_SHOWN_CHARACTERS / 4}::int) end as start
    ) shown
    where ${matches(pattern)} and ${at(sql.raw('text'))} > 0 and ${at(sql.raw('line'))} > 0
    order by path collate "C", number limit ${limit}`;
}
