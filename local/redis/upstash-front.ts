import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readBody } from '../read-body.ts';
import type { CommandRunner } from './command-runner.ts';
import { followStream } from './follow-stream.ts';
import { jsonReply } from './json-reply.ts';
import type { RedisEngine } from './redis-engine.ts';
import { RespError } from './resp-reply.ts';
import { parseUpstashRequest, UpstashRefusal } from './upstash-request.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT'];

/** An HTTP server that answers as Upstash's REST API does. It is not listening yet. */
export function createUpstashFront(engine: RedisEngine, runner: CommandRunner, token: string): Server {
  let writes = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const method = request.method ?? 'GET';
    if (!METHODS.includes(method)) throw new UpstashRefusal(405, 'ERR method not allowed');
    if (givenToken(request, url) !== token) throw new UpstashRefusal(401, 'WRONGPASS invalid or missing auth token');

    const asked = parseUpstashRequest(method, url, await readBody(request));
    const base64 = request.headers['upstash-encoding'] === 'base64';
    switch (asked.kind) {
      case 'follow':
        return followStream(engine, asked.command, response);
      case 'command': {
        const [reply = null] = await runner.pipeline([asked.command]);
        return send(response, reply instanceof RespError ? 400 : 200, jsonReply(reply, base64));
      }
      case 'pipeline':
      case 'multi-exec': {
        const replies =
          asked.kind === 'pipeline' ? await runner.pipeline(asked.commands) : await runner.transaction(asked.commands);
        if (replies instanceof RespError) throw new UpstashRefusal(400, replies.message);
        return send(response, 200, `[${replies.map((reply) => jsonReply(reply, base64)).join(',')}]`);
      }
    }
  }

  function send(response: ServerResponse, status: number, json: string): void {
    writes += 1;
    response.writeHead(status, {
      'content-type': 'application/json',
      // The client sends the last one back; the hosted service uses it to let a client read its own writes.
      'upstash-sync-token': Buffer.from(`local:${writes}`).toString('base64'),
    });
    response.end(json);
  }

  return createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!(error instanceof UpstashRefusal)) console.error(error);
      const status = error instanceof UpstashRefusal ? error.status : 500;
      if (!response.headersSent) send(response, status, JSON.stringify({ error: messageOf(error) }));
    });
  });
}

function givenToken(request: IncomingMessage, url: URL): string | null {
  return request.headers.authorization?.replace(/^Bearer\s+/i, '') ?? url.searchParams.get('_token');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
