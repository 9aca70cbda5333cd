import type { SqlEngine, SqlOutcome, SqlSession } from './sql-engine.ts';
import type { SqlRequest, Statement } from './sql-request.ts';

/** The body of the answer. A batch is one transaction: the first error undoes it and is thrown. */
export function runSqlRequest(engine: SqlEngine, request: SqlRequest): Promise<object> {
  return engine.session(async (session) => {
    if (request.kind === 'single') return runStatement(session, request.statement);
    await session.run(request.begin, []);
    const results: object[] = [];
    for (const statement of request.statements) results.push(await runStatement(session, statement));
    await session.run('COMMIT', []);
    return { results };
  });
}

async function runStatement(session: SqlSession, statement: Statement): Promise<object> {
  const outcome = await session.run(statement.query, statement.params);
  return {
    rowAsArray: statement.arrayMode,
    fields: outcome.fields.map((field) => ({ ...field, format: 'text' })),
    rows: statement.arrayMode ? outcome.rows : outcome.rows.map((row) => asObject(row, outcome)),
    command: outcome.command,
    rowCount: outcome.rowCount,
  };
}

function asObject(row: (string | null)[], { fields }: SqlOutcome): Record<string, string | null> {
  return Object.fromEntries(fields.map((field, index) => [field.name, row[index] ?? null]));
}
