import { DatabaseError, Pool, type PoolClient, type QueryArrayConfig } from 'pg';
import { LocalError } from '../local-error.ts';
import type { SqlEngine, SqlOutcome } from './sql-engine.ts';
import { SqlError } from './sql-error.ts';
import { sqlField } from './sql-field.ts';

/** A real PostgreSQL at a postgres:// address. Throws LocalError when it does not answer. */
export async function createServerEngine(postgresUrl: string): Promise<SqlEngine> {
  const pool = new Pool({ connectionString: postgresUrl, max: 10 });
  // An idle connection that breaks is replaced by the pool on the next request.
  pool.on('error', () => {});
  const name = describe(postgresUrl);
  try {
    await pool.query('select 1');
  } catch (cause) {
    await pool.end();
    throw new LocalError(`POSTGRES_URL (${name}) does not work: ${String(cause)}.`, { cause });
  }
  return {
    name,
    session: async (work) => {
      const client = await pool.connect();
      try {
        return await work({ run: (query, params) => run(client, query, params) });
      } finally {
        if (client.getTransactionStatus() !== 'I') await client.query('ROLLBACK');
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

function describe(postgresUrl: string): string {
  if (!URL.canParse(postgresUrl))
    throw new LocalError('POSTGRES_URL must look like postgres://user@127.0.0.1:5432/name.');
  const url = new URL(postgresUrl);
  return `${url.protocol}//${url.host}${url.pathname}`;
}

async function run(client: PoolClient, text: string, values: (string | null)[]): Promise<SqlOutcome> {
  try {
    const result = await client.query<(string | null)[]>(statement(text, values));
    const fields = result.fields.map(sqlField);
    return { fields, rows: result.rows, command: result.command ?? '', rowCount: result.rowCount };
  } catch (error) {
    throw error instanceof DatabaseError ? new SqlError(error.message, error) : error;
  }
}

function statement(text: string, values: (string | null)[]): QueryArrayConfig & { queryMode: string } {
  return {
    text,
    values,
    rowMode: 'array',
    // Without values pg would use the simple protocol, which accepts several statements at once; Neon does not.
    queryMode: 'extended',
    types: { getTypeParser: () => (value: string) => value },
  };
}
