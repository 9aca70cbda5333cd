import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';

export interface ByteCounter {
  /** Stands for the target's address, with the same path. */
  url: string;
  /** All bytes that passed so far, both ways, heads included. */
  passed(): number;
  close(): Promise<void>;
}

/** Hands TCP connections on to a local server and counts what goes through them. */
export async function countBytes(targetUrl: string): Promise<ByteCounter> {
  const target = new URL(targetUrl);
  const open = new Set<Socket>();
  let passed = 0;
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ host: target.hostname, port: Number(target.port), noDelay: true });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on('data', (chunk) => (passed += chunk.length));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${portOf(server.address())}${target.pathname}`.replace(/\/$/, ''),
    passed: () => passed,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== 'object' || address === null) throw new Error('The byte counter does not listen.');
  return address.port;
}
