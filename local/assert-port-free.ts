import { createServer } from 'node:http';
import { closeServer } from './close-server.ts';
import { listen, type Address } from './listen.ts';

/** For a port that another program will open: without this it would fail late, in its own words. Throws LocalError. */
export async function assertPortFree(address: Address, what: string): Promise<void> {
  const server = createServer();
  await listen(server, address, what);
  await closeServer(server);
}
