import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeServer } from '../../local/close-server.ts';
import { listen } from '../../local/listen.ts';
import { readBody } from '../../local/read-body.ts';

export interface ScriptedProvider {
  url: string;
  /** Path, headers and body of each request. */
  requests: { path: string; headers: Record<string, unknown>; body: unknown }[];
  /** One stream of events for each request to come. */
  replies: object[][];
  close(): Promise<void>;
}

/** A provider that sends what it is told to, as server-sent events; an event with a `type` is named by it. */
export async function startScriptedProvider(): Promise<ScriptedProvider> {
  const requests: ScriptedProvider['requests'] = [];
  const replies: object[][] = [];
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body: unknown = JSON.parse((await readBody(request)).toString());
    requests.push({ path: request.url ?? '', headers: request.headers, body });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of replies.shift() ?? []) {
      const name = 'type' in event ? `event: ${String(event.type)}\n` : '';
      response.write(`${name}data: ${JSON.stringify(event)}\n\n`);
    }
    response.end();
  }
  const server = createServer((request, response) => void answer(request, response));
  const port = await listen(server, { host: '127.0.0.1', port: 0 }, 'the scripted provider');
  return { url: `http://127.0.0.1:${port}`, requests, replies, close: () => closeServer(server) };
}
