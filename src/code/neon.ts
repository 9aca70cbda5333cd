import { sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { orArchiveUnavailable, type Database } from '../archive/neon-database.ts';
import { storableText } from '../archive/storable-value.ts';
import { fromBase64, toBase64 } from '../workspace/base64.ts';
import { STATE_TTL_HOURS, STATES_MAX } from './code-limits.ts';
import type { CodeStates } from './code-states.ts';
import { codeStates } from './tables.ts';

const stateRow = z.object({
  runs: z.coerce.number(),
  state: z.string().transform((text) => fromBase64(text.replaceAll('\n', '')) ?? new Uint8Array()),
});
const savedRow = z.object({ runs: z.coerce.number() });

const RESTED = sql`updated_at < now() - make_interval(hours => ${STATE_TTL_HOURS}::int)`;

/** The states of `owner` in Postgres. */
export function neonCodeStates(database: Database, owner: string): CodeStates {
  const of = (session: string): SQL => sql`owner = ${owner} and session = ${storableText(session)}`;

  return {
    async load(session) {
      const { rows } = await orArchiveUnavailable(
        database.execute(sql`select runs, encode(state, 'base64') as state from ${codeStates}
          where ${of(session)} and not (${RESTED})`),
      );
      const row = stateRow.safeParse(rows[0]).data;
      return row ? { runs: row.runs, bytes: row.state } : null;
    },

    async save(session, { runs, bytes }) {
      const state = sql`decode(${toBase64(bytes)}, 'base64')`;
      const [, saved] = await orArchiveUnavailable(
        database.batch([
          // Everybody's: nothing else sweeps them.
          database.execute(sql`delete from ${codeStates} where ${RESTED}`),
          database.execute(sql`insert into ${codeStates} (owner, session, runs, state, updated_at)
            values (${owner}, ${storableText(session)}, ${runs}::int, ${state}, now())
            on conflict (owner, session) do update set runs = excluded.runs, state = excluded.state, updated_at = now()
            where code_states.runs = ${runs - 1}::int returning runs`),
          database.execute(sql`delete from ${codeStates} where owner = ${owner} and session in (
            select session from ${codeStates} where owner = ${owner} order by updated_at desc offset ${STATES_MAX}::int)`),
        ]),
      );
      return savedRow.safeParse(saved.rows[0]).success;
    },

    async forget(session) {
      await orArchiveUnavailable(database.execute(sql`delete from ${codeStates} where ${of(session)}`));
    },
  };
}
