import { SqlError } from './sql-error.ts';

export type Credentials = { user: string; password: string; database: string };

/** Throws SqlError as Neon's proxy would. The string is parsed, not compared: the driver adds parameters to it. */
export function checkConnectionString(header: string | string[] | undefined, expected: Credentials): void {
  if (typeof header !== 'string' || !URL.canParse(header)) {
    throw new SqlError('Invalid Neon-Connection-String header');
  }
  const url = new URL(header);
  const user = decodeURIComponent(url.username);
  if (user !== expected.user || decodeURIComponent(url.password) !== expected.password) {
    throw new SqlError(`password authentication failed for user '${user}'`, { code: '28P01' });
  }
  const database = decodeURIComponent(url.pathname.slice(1));
  if (database !== expected.database) throw new SqlError(`database "${database}" does not exist`, { code: '3D000' });
}
