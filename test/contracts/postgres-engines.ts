import { neon, neonConfig } from '@neondatabase/serverless';
import { drizzle, type NeonHttpDatabase } from 'drizzle-orm/neon-http';
import { afterAll, beforeAll, describe } from 'vitest';
import { startPostgres, type LocalPostgres } from '../../local/postgres/start-postgres.ts';

type Opened = { local: LocalPostgres; database: NeonHttpDatabase };

export type PostgresUnderTest = {
  /** A client as the Worker makes it. */
  database(): NeonHttpDatabase;
  local(): LocalPostgres;
};

const postgresUrl = process.env['POSTGRES_URL'];
const ENGINES = [
  { engine: 'PGlite', url: undefined },
  ...(postgresUrl ? [{ engine: 'the PostgreSQL at POSTGRES_URL', url: postgresUrl }] : []),
];

/** Runs `suite` behind the Neon front of each engine: always PGlite, and a real server when there is one. */
export function describePostgres(title: string, suite: (under: PostgresUnderTest) => void): void {
  describe.each(ENGINES)(`${title}: $engine`, ({ url }) => {
    let opened: Opened | undefined;
    const current = (): Opened => {
      if (opened === undefined) throw new Error('The front is open only while a test runs.');
      return opened;
    };

    beforeAll(async () => {
      const local = await startPostgres({ host: '127.0.0.1', port: 0, postgresUrl: url });
      neonConfig.fetchEndpoint = local.endpoint;
      opened = { local, database: drizzle(neon(local.url)) };
    }, 60_000);
    afterAll(() => opened?.local.close());

    suite({ database: () => current().database, local: () => current().local });
  });
}
