import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';

export interface HttpServer {
  origin: string;
  /** One entry a request: its JSON-RPC method, or its HTTP method when it has none. */
  requests: string[];
}

export type Handler = (request: IncomingMessage, response: Parameters<RequestListener>[1], body: string) => unknown;

/** An HTTP server on a port of its own, until the test ends. */
export async function startHttpServer(handle: Handler): Promise<HttpServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      requests.push(/"method":"([^"]+)"/.exec(body)?.[1] ?? request.method ?? '');
      return handle(request, response, body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return { origin: `http://127.0.0.1:${address.port}`, requests };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
  return body;
}

/** Serves a function from Request to Response, as Workers have it. */
export function webHandler(fetch: (request: Request) => Promise<Response>): Handler {
  return async (incoming, outgoing, body) => {
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
    const init = { method: incoming.method ?? 'GET', headers, ...(body && { body }) };
    const response = await fetch(new Request(`http://${incoming.headers.host}${incoming.url}`, init));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    if (response.body) Readable.from(response.body).pipe(outgoing);
    else outgoing.end();
  };
}
