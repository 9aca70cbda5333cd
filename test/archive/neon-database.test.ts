import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase, orArchiveUnavailable, type Database } from '../../src/archive/neon-database.ts';
import { Secret } from '../../src/secret.ts';

const DATABASE_URL = new Secret('postgresql://user:secret@db.example.com/main');

/** The address of a front of the database that answers as `answer` does. */
async function frontThat(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return `http://127.0.0.1:${address.port}/sql`;
}

function open(endpoint: string, requestTimeoutMs?: number): Database {
  const database = openDatabase({ DATABASE_URL, NEON_FETCH_ENDPOINT: endpoint }, requestTimeoutMs);
  if (!database) throw new Error('There is no database.');
  return database;
}

test('no connection string means no database', () => {
  expect(openDatabase({})).toBeNull();
});

test('a connection string that is none is a mistake in the configuration, and is not repeated', () => {
  expect(() => openDatabase({ DATABASE_URL: new Secret('db.example.com?password=secret') })).toThrowError(
    expect.objectContaining({ code: 'configuration_error', message: expect.not.stringContaining('secret') }),
  );
});

test('each query to a database that hangs is given up, on its own clock', async () => {
  const NEON_FETCH_ENDPOINT = await frontThat(() => {});
  const database = open(NEON_FETCH_ENDPOINT, 30);
  for (const statement of ['select 1', 'select 2']) {
    const query = orArchiveUnavailable(database.execute(sql.raw(statement)));
    await expect(query).rejects.toMatchObject({ code: 'archive_unavailable', status: 503 });
  }
});

test('a failed query does not carry its parameters into the log', async () => {
  const NEON_FETCH_ENDPOINT = await frontThat((_request, response) => response.writeHead(500).end('down'));
  const database = open(NEON_FETCH_ENDPOINT);
  const query = orArchiveUnavailable(database.execute(sql`select ${'private words'}`));
  const error: unknown = await query.catch((error: unknown) => error);
  expect(error).toMatchObject({ code: 'archive_unavailable', cause: expect.any(Error) });
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    expect(cause.message).not.toContain('private words');
  }
});
