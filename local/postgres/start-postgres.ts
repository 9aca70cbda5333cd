import { closeServer } from '../close-server.ts';
import { listen, type Address } from '../listen.ts';
import { createNeonFront } from './neon-front.ts';
import { startPglite } from './start-pglite.ts';

export type LocalPostgres = {
  /** For DATABASE_URL; it works only together with `endpoint`. */
  url: string;
  /** For NEON_FETCH_ENDPOINT. */
  endpoint: string;
  engine: string;
  close(): Promise<void>;
};

export type LocalPostgresOptions = Address & {
  /** A real PostgreSQL behind the front; without it PGlite. */
  postgresUrl?: string | undefined;
  /** Where PGlite keeps its data; without it in memory. The caller sees to it that no other process uses it. */
  dataFolder?: string | undefined;
};

const CREDENTIALS = { user: 'local', password: 'local', database: 'main' };
const WHAT = 'The local Postgres (LOCAL_POSTGRES_PORT)';

/** Starts Neon's SQL over HTTP on a port of this machine. Throws LocalError when port or database cannot be had. */
export async function startPostgres(options: LocalPostgresOptions): Promise<LocalPostgres> {
  const { host, postgresUrl, dataFolder } = options;
  const { port, engine, close } = postgresUrl
    ? await startServerFront(options, postgresUrl)
    : {
        ...(await startPglite({ address: options, what: WHAT, credentials: CREDENTIALS, dataFolder })),
        engine: dataFolder ? `PGlite in ${dataFolder}` : 'PGlite in memory',
      };
  const { user, password, database } = CREDENTIALS;
  return {
    url: `postgresql://${user}:${password}@${host}:${port}/${database}`,
    endpoint: `http://${host}:${port}/sql`,
    engine,
    close,
  };
}

async function startServerFront(address: Address, postgresUrl: string) {
  const { createServerEngine } = await import('./server-engine.ts');
  const engine = await createServerEngine(postgresUrl);
  const server = createNeonFront(engine, CREDENTIALS);
  const close = async (): Promise<void> => {
    await closeServer(server);
    await engine.close();
  };
  try {
    return { port: await listen(server, address, WHAT), engine: engine.name, close };
  } catch (error) {
    await close();
    throw error;
  }
}
