import { neon, neonConfig } from '@neondatabase/serverless';
import { DrizzleQueryError } from 'drizzle-orm';
import { drizzle, type NeonHttpDatabase } from 'drizzle-orm/neon-http';
import { AppError } from '../errors.ts';
import type { Secret } from '../secret.ts';

/** A database that hangs may hold a request, or the end of a turn, no longer than this. */
const REQUEST_TIMEOUT_MS = 10_000;

export type Database = NeonHttpDatabase;

/** The database of one request; null when none is configured. Throws AppError `configuration_error` for a connection string that is none. */
export function openDatabase(
  env: { DATABASE_URL?: Secret | undefined; NEON_FETCH_ENDPOINT?: string | undefined },
  requestTimeoutMs = REQUEST_TIMEOUT_MS,
): Database | null {
  if (env.DATABASE_URL === undefined) return null;
  // The driver has this setting for the whole isolate only; unset, the address follows from the host name.
  if (env.NEON_FETCH_ENDPOINT !== undefined) neonConfig.fetchEndpoint = env.NEON_FETCH_ENDPOINT;
  return drizzle({ client: connect(env.DATABASE_URL.reveal(), requestTimeoutMs) });
}

/** Rejects unless the database answers. */
export async function pingDatabase(database: Database): Promise<void> {
  await database.execute('select 1');
}

function connect(url: string, requestTimeoutMs: number) {
  // The driver would notice at the first query only, and put the address into its message.
  if (!/^postgres(ql)?:/.test(url) || !URL.canParse(url)) {
    throw new AppError(
      'configuration_error',
      'The deployment is not configured correctly. DATABASE_URL: not a Postgres URL',
    );
  }
  return neon(url, {
    fetchOptions: {
      // The driver spreads these options into every request: each gets its own clock.
      get signal() {
        return AbortSignal.timeout(requestTimeoutMs);
      },
    },
  });
}

/** Turns any failure to reach or use the database into the one refusal that clients are told. */
export async function orArchiveUnavailable<T>(work: PromiseLike<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError) throw error;
    // The wrapper's message holds the query's parameters, which are people's words and not for the log.
    const cause = error instanceof DrizzleQueryError ? error.cause : error;
    throw new AppError('archive_unavailable', 'The database cannot be reached right now. Try again in a moment.', {
      cause,
    });
  }
}
