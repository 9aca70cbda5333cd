import type { Server } from 'node:http';

/** Ends open connections too: an event stream would otherwise keep the server alive for ever. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
