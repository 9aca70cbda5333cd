import { messages, type PGlite, protocol } from '@electric-sql/pglite';
import type { SqlEngine, SqlOutcome, SqlSession } from './sql-engine.ts';
import { SqlError } from './sql-error.ts';
import { sqlField } from './sql-field.ts';

const { serialize } = protocol;

/**
 * PGlite by its wire protocol, which gives field metadata, text values and error fields exactly as a server does; its
 * own `query` would not. It is one session: requests are served one after the other.
 */
export function createPgliteEngine(database: PGlite): SqlEngine {
  const session: SqlSession = { run: (query, params) => run(database, query, params) };
  return {
    name: 'PGlite',
    session: (work) =>
      database.runExclusive(async () => {
        try {
          return await work(session);
        } finally {
          if (database.isInTransaction()) await session.run('ROLLBACK', []);
        }
      }),
    close: () => database.close(),
  };
}

async function run(database: PGlite, query: string, params: (string | null)[]): Promise<SqlOutcome> {
  const request = Buffer.concat([
    serialize.parse({ text: query }),
    serialize.bind({ values: params }),
    serialize.describe({ type: 'P' }),
    serialize.execute({}),
    serialize.sync(),
  ]);
  const { messages: replies } = await database.execProtocol(request, { throwOnError: false });

  const outcome: SqlOutcome = { fields: [], rows: [], command: '', rowCount: null };
  for (const reply of replies) {
    if (reply instanceof messages.DatabaseError) throw new SqlError(reply.message, reply);
    if (reply instanceof messages.RowDescriptionMessage) outcome.fields = reply.fields.map(sqlField);
    if (reply instanceof messages.DataRowMessage) outcome.rows.push(reply.fields);
    if (reply instanceof messages.CommandCompleteMessage) Object.assign(outcome, parseTag(reply.text));
  }
  return outcome;
}

/** "INSERT 0 5" counts 5 rows, "CREATE TABLE" counts none. */
function parseTag(tag: string): Pick<SqlOutcome, 'command' | 'rowCount'> {
  const words = tag.split(' ');
  const count = Number(words.at(-1));
  return { command: words[0] ?? '', rowCount: words.length > 1 && Number.isInteger(count) ? count : null };
}
