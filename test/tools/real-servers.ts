import { randomUUID } from 'node:crypto';
import { McpServer, createMcpHandler } from '@modelcontextprotocol/server';
import { McpServer as SessionMcpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { z } from 'zod';
import { startHttpServer, webHandler, type HttpServer } from './http-server.ts';

type Extend = (server: McpServer) => void;

/** A server of the 2026-07-28 protocol, with a tool that echoes and whatever `extend` adds. */
export async function startModernServer(extend: Extend = () => {}): Promise<HttpServer> {
  const handler = createMcpHandler(
    () => {
      const server = new McpServer({ name: 'modern', version: '1' });
      server.registerTool(
        'echo',
        {
          description: 'Says it again.',
          inputSchema: z.object({ text: z.string() }),
          annotations: { readOnlyHint: true },
        },
        ({ text }) => ({ content: [{ type: 'text', text }] }),
      );
      extend(server);
      return server;
    },
    { legacy: 'reject' },
  );
  return startHttpServer(webHandler((request) => handler.fetch(request)));
}

export interface SessionServer extends HttpServer {
  /** As a restart does. */
  forgetSessions(): void;
  sessions(): number;
}

/** A server of the 2025 protocol with sessions: the counter of each counts for itself. */
export async function startSessionServer({ unknownSession = 404 } = {}): Promise<SessionServer> {
  const transports = new Map<string, StreamableHTTPServerTransport>();

  async function open(): Promise<StreamableHTTPServerTransport> {
    let count = 0;
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => void transports.set(id, transport),
      onsessionclosed: (id) => void transports.delete(id),
    });
    const server = new SessionMcpServer({ name: 'sessions', version: '1' });
    server.registerTool('count', { inputSchema: {} }, () => {
      count += 1;
      return { content: [{ type: 'text', text: String(count) }] };
    });
    await server.connect(transport);
    return transport;
  }

  const server = await startHttpServer(async (request, response, body) => {
    const id = request.headers['mcp-session-id'];
    const known = typeof id === 'string' ? transports.get(id) : undefined;
    if (id !== undefined && !known) {
      const error = { jsonrpc: '2.0', id: null, error: { code: -32000, message: 'No such session' } };
      response.writeHead(unknownSession, { 'content-type': 'application/json' }).end(JSON.stringify(error));
      return;
    }
    const parsed: unknown = body ? JSON.parse(body) : undefined;
    await (known ?? (await open())).handleRequest(request, response, parsed);
  });
  return { ...server, forgetSessions: () => transports.clear(), sessions: () => transports.size };
}
