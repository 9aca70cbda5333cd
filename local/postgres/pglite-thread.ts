import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { z } from 'zod';
import { listen } from '../listen.ts';
import { createNeonFront } from './neon-front.ts';
import { createPgliteEngine } from './pglite-engine.ts';
import { loadPgliteTemplate } from './pglite-template.ts';
import type { ThreadMessage } from './start-pglite.ts';

// PGlite is synchronous WASM. In a thread of its own a slow query does not hold up the other services.
const { host, port, what, credentials, dataFolder, isNew } = z
  .object({
    host: z.string(),
    port: z.number(),
    what: z.string(),
    credentials: z.object({ user: z.string(), password: z.string(), database: z.string() }),
    dataFolder: z.string().optional(),
    isNew: z.boolean(),
  })
  .parse(workerData);

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is not a window
const tell = (message: ThreadMessage): void => parentPort?.postMessage(message);

try {
  const database = await PGlite.create({
    extensions: { vector },
    ...(dataFolder && { dataDir: dataFolder }),
    ...(isNew && { loadDataDir: await loadPgliteTemplate() }),
  });
  const engine = createPgliteEngine(database);
  const server = createNeonFront(engine, credentials);
  parentPort?.once('message', () => {
    server.close();
    server.closeAllConnections();
    void engine.close().finally(() => process.exit(0));
  });
  tell({ port: await listen(server, { host, port }, what) });
} catch (error) {
  tell({ failure: error instanceof Error ? error.message : String(error) });
}
