import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readBody } from '../read-body.ts';
import { checkConnectionString, type Credentials } from './check-connection-string.ts';
import { runSqlRequest } from './run-sql-request.ts';
import type { SqlEngine } from './sql-engine.ts';
import { SqlError } from './sql-error.ts';
import { parseSqlRequest } from './sql-request.ts';

/** An HTTP server whose POST /sql answers as Neon's proxy does. It is not listening yet. */
export function createNeonFront(engine: SqlEngine, credentials: Credentials): Server {
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?')[0];
    if (path !== '/sql') return send(response, 404, { message: 'not found' });
    if (request.method !== 'POST') return send(response, 405, { message: 'method not allowed' });

    const body = await readBody(request);
    checkConnectionString(request.headers['neon-connection-string'], credentials);
    const asked = parseSqlRequest(request.headers, body);
    const result = await runSqlRequest(engine, asked);
    send(response, 200, result, asked.kind === 'batch' ? asked.echo : {});
  }

  return createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // The driver reads error fields from a 400 only.
      if (error instanceof SqlError) return send(response, 400, { message: error.message, ...error.fields });
      console.error(error);
      send(response, 500, { message: String(error) });
    });
  });
}

function send(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
