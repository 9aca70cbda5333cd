import { neon, neonConfig } from '@neondatabase/serverless';
import { z } from 'zod';
import { inject } from 'vitest';

const row = z.object({
  turn_id: z.string(),
  position: z.number(),
  role: z.string(),
  status: z.string(),
  text: z.string().nullable(),
});
export type ArchivedMessage = z.infer<typeof row>;

/** A session's rows in the archive, in order. */
export async function archivedMessages(sessionId: string): Promise<ArchivedMessage[]> {
  const sql = database();
  const rows = await sql`
    select turn_id, position, role, status,
      (select string_agg(part ->> 'text', '') from jsonb_array_elements(message -> 'parts') part where part ->> 'type' = 'text') as text
    from messages where session_id = ${sessionId} order by position`;
  return z.array(row).parse(rows);
}

/** How many tasks of anybody have a title with this text in it. */
export async function tasksNamed(text: string): Promise<number> {
  const rows = await database()`select id from tasks where title like ${`%${text}%`}`;
  return rows.length;
}

/** How many states of code a chat session has. */
export async function codeStatesOf(sessionId: string): Promise<number> {
  const rows = await database()`select session from code_states where session = ${`chat:${sessionId}`}`;
  return rows.length;
}

function database() {
  const vars = inject('vars');
  neonConfig.fetchEndpoint = vars['NEON_FETCH_ENDPOINT'] ?? '';
  return neon(vars['DATABASE_URL'] ?? '');
}
