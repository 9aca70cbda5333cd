import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { SqlError } from './sql-error.ts';

const statement = z.object({
  query: z.string(),
  params: z.array(z.unknown()).default([]),
  arrayMode: z.boolean().optional(),
});
const body = z.union([z.object({ queries: z.array(statement) }), statement]);

const ISOLATION_LEVELS = new Map([
  ['ReadUncommitted', 'READ UNCOMMITTED'],
  ['ReadCommitted', 'READ COMMITTED'],
  ['RepeatableRead', 'REPEATABLE READ'],
  ['Serializable', 'SERIALIZABLE'],
]);

export type Statement = { query: string; params: (string | null)[]; arrayMode: boolean };

export type SqlRequest =
  | { kind: 'single'; statement: Statement }
  /** `begin` opens the transaction; `echo` holds the headers that Neon's proxy gives back. */
  | { kind: 'batch'; statements: Statement[]; begin: string; echo: Record<string, string> };

/** Reads a request as Neon's proxy does. Throws SqlError for one that it would refuse. */
export function parseSqlRequest(headers: IncomingHttpHeaders, bytes: Buffer): SqlRequest {
  if (headers['neon-raw-text-output'] !== 'true') {
    throw new SqlError('this local endpoint answers only with Neon-Raw-Text-Output: true');
  }
  const arrayMode = headers['neon-array-mode'] === 'true';
  const parsed = body.safeParse(parseJson(bytes));
  if (!parsed.success) throw new SqlError(`could not parse the HTTP request body: ${z.prettifyError(parsed.error)}`);
  const toStatement = (input: z.infer<typeof statement>): Statement => ({
    query: input.query,
    params: input.params.map(parameterText),
    arrayMode: input.arrayMode ?? arrayMode,
  });
  if (!('queries' in parsed.data)) return { kind: 'single', statement: toStatement(parsed.data) };
  return { kind: 'batch', statements: parsed.data.queries.map(toStatement), ...batchMode(headers) };
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch (cause) {
    throw new SqlError(`could not parse the HTTP request body: ${String(cause)}`);
  }
}

function batchMode(headers: IncomingHttpHeaders): { begin: string; echo: Record<string, string> } {
  const names = ['neon-batch-isolation-level', 'neon-batch-read-only', 'neon-batch-deferrable'];
  const [level, readOnly, deferrable] = names.map((name) => headers[name]?.toString());
  const isolation = level === undefined ? undefined : ISOLATION_LEVELS.get(level);
  if (level !== undefined && isolation === undefined) throw new SqlError('invalid isolation level');

  const words = ['BEGIN'];
  const echo: Record<string, string> = {};
  if (level !== undefined && isolation !== undefined) {
    words.push(`ISOLATION LEVEL ${isolation}`);
    echo['neon-batch-isolation-level'] = level;
  }
  if (readOnly === 'true') {
    words.push('READ ONLY');
    echo['neon-batch-read-only'] = 'true';
  }
  if (deferrable === 'true') {
    words.push('DEFERRABLE');
    echo['neon-batch-deferrable'] = 'true';
  }
  return { begin: words.join(' '), echo };
}

/** The driver sends text and null; the proxy takes any JSON value and turns it into Postgres' text form. */
function parameterText(value: unknown): string | null {
  if (value === null || typeof value === 'string') return value;
  return Array.isArray(value) ? arrayText(value) : JSON.stringify(value);
}

function arrayText(values: unknown[]): string {
  const items = values.map((value) => {
    if (value === null) return 'NULL';
    if (Array.isArray(value)) return arrayText(value);
    const text = JSON.stringify(value);
    return typeof value === 'object' ? JSON.stringify(text) : text;
  });
  return `{${items.join(',')}}`;
}
