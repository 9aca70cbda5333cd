import type { SqlField } from './sql-field.ts';

export type SqlOutcome = {
  fields: SqlField[];
  /** In Postgres' own text form. */
  rows: (string | null)[][];
  /** The first word of the command tag, for example INSERT. */
  command: string;
  /** Null when the tag has no count, as for CREATE. */
  rowCount: number | null;
};

export interface SqlSession {
  /** One statement by the extended protocol: no parameter types, Postgres infers them. Throws SqlError. */
  run(query: string, params: (string | null)[]): Promise<SqlOutcome>;
}

/** A PostgreSQL: PGlite in this process, or a real server. */
export interface SqlEngine {
  /** For the terminal; holds no password. */
  readonly name: string;
  /** `work` has a session to itself. A transaction that it leaves open is rolled back. */
  session<T>(work: (session: SqlSession) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
