import { createServer } from 'node:http';
import { createMcpHandler, inputRequired, McpServer, ResourceTemplate } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { closeServer } from '../../local/close-server.ts';
import { listen } from '../../local/listen.ts';
import { readBody } from '../../local/read-body.ts';

export interface ToolServer {
  url: string;
  /** The JSON-RPC methods that came in, in order. */
  requests: string[];
  /** How often each tool took effect. */
  effects: Record<string, number>;
  close(): Promise<void>;
}

/** A remote MCP server (revision 2026-07-28) with a tool that only reads, one that has an effect, resources and a prompt. */
export async function startToolServer(): Promise<ToolServer> {
  const requests: string[] = [];
  const effects: Record<string, number> = {};
  const answer = (name: string, text: string) => {
    effects[name] = (effects[name] ?? 0) + 1;
    return { content: [{ type: 'text' as const, text }] };
  };
  const handler = createMcpHandler(() => {
    const server = new McpServer({ name: 'remote', version: '1' });
    const inputSchema = z.object({ text: z.string() });
    server.registerTool('echo', { inputSchema, annotations: { readOnlyHint: true } }, ({ text }) =>
      answer('echo', `echo ${text}`),
    );
    server.registerTool('count', { inputSchema }, async ({ text }, { mcpReq }) => {
      const { _meta: meta } = mcpReq;
      const progressToken = meta?.progressToken;
      if (progressToken === undefined) throw new Error('Nobody asked for progress.');
      await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress: 1, total: 2 } });
      const params = { progressToken, progress: 2, total: 2, message: 'nearly' };
      await mcpReq.notify({ method: 'notifications/progress', params });
      return answer('count', `counted ${text}`);
    });
    server.registerTool('picture', { outputSchema: z.object({ size: z.array(z.number()) }) }, () => ({
      content: [
        { type: 'image', data: 'aGVsbG8=', mimeType: 'image/png', annotations: { priority: 1 } },
        { type: 'resource_link', uri: 'note://one', name: 'one' },
      ],
      structuredContent: { size: [1, 2] },
      _meta: { trace: 'abc' },
    }));
    const form = z.object({ name: z.string().min(1), age: z.number().int(), color: z.enum(['red', 'blue']) });
    server.registerTool('register', { inputSchema }, ({ text }, { mcpReq }) => {
      const reply = mcpReq.inputResponses?.['who'];
      if (reply === undefined) {
        const who = inputRequired.elicit({ message: 'Who are you?', requestedSchema: form });
        return inputRequired({ inputRequests: { who }, requestState: `state of ${text}` });
      }
      return answer('register', `${JSON.stringify(reply)} with ${String(mcpReq.requestState())}`);
    });
    server.registerTool('visit', { inputSchema }, (_, { mcpReq }) => {
      if (mcpReq.inputResponses?.['page'] === undefined) {
        const page = inputRequired.elicitUrl({ message: 'Log in first.', url: 'https://login.example/start?x=1' });
        return inputRequired({ inputRequests: { page } });
      }
      return answer('visit', 'visited');
    });
    server.registerTool('pay', { inputSchema }, ({ text }) => answer('pay', `paid ${text}`));
    server.registerTool('slow', { inputSchema, annotations: { readOnlyHint: true } }, async ({ text }) => {
      await new Promise((resolve) => setTimeout(resolve, 30_000).unref());
      return answer('slow', text);
    });
    const readOnce = () => ({ contents: [{ uri: 'note://one', mimeType: 'text/plain', text: 'the first note' }] });
    server.registerResource('one', 'note://one', { mimeType: 'text/plain' }, readOnce);
    const anyNote = new ResourceTemplate('note://{name}', { list: undefined });
    server.registerResource('any', anyNote, {}, (uri) => ({ contents: [{ uri: uri.href, text: `note ${uri.href}` }] }));
    server.registerPrompt('greet', { argsSchema: z.object({ who: z.string() }) }, ({ who }) => ({
      messages: [{ role: 'user', content: { type: 'text', text: `Greet ${who}.` } }],
    }));
    return server;
  });

  const server = createServer((request, response) => {
    const respond = async () => {
      const body = await readBody(request);
      const { method } = z.object({ method: z.string() }).parse(JSON.parse(body.toString()));
      requests.push(method);
      const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const reply = await handler.fetch(
        new Request(`http://${request.headers.host}/mcp`, { method: 'POST', headers, body: body.toString() }),
      );
      response.writeHead(reply.status, Object.fromEntries(reply.headers));
      response.end(Buffer.from(await reply.arrayBuffer()));
    };
    respond().catch(() => response.destroy());
  });
  const port = await listen(server, { host: '127.0.0.1', port: 0 }, 'the tool server');
  return { url: `http://127.0.0.1:${port}/mcp`, requests, effects, close: () => closeServer(server) };
}
