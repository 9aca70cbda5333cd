import { createServer } from 'node:http';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { closeServer } from '../../local/close-server.ts';
import { listen } from '../../local/listen.ts';
import { readBody } from '../../local/read-body.ts';
import { authorization } from './authorization.ts';

export type LoginServer = Awaited<ReturnType<typeof startLoginServer>>;

/**
 * A tool server that lets nobody in without a token of the authorization server beside it (`/mcp`), and one that wants certain headers
 * (`/headers`). The tool `who` says with what it was called.
 */
export async function startLoginServer() {
  let origin = '';
  /** Where the tool server says that it is described, when that is somewhere else. */
  const settings = { metadataUrl: '', authorizationServers: null as string[] | null, callScope: '' };
  const auth = authorization(() => origin);
  /** JSON-RPC methods that were let in. */
  const requests: string[] = [];
  const mcp = createMcpHandler((context) => {
    const server = new McpServer({ name: 'login', version: '1' });
    const annotations = { readOnlyHint: true };
    server.registerTool('who', { inputSchema: z.object({}), annotations }, () => ({
      content: [{ type: 'text', text: JSON.stringify(Object.fromEntries(context.requestInfo?.headers ?? [])) }],
    }));
    return server;
  });

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === '/.well-known/oauth-protected-resource/mcp') {
      const servers = settings.authorizationServers ?? [origin];
      return Response.json({ resource: `${origin}/mcp`, authorization_servers: servers, scopes_supported: ['tools'] });
    }
    if (pathname === '/mcp' || pathname === '/headers') {
      const token = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
      if (pathname === '/mcp' && !auth.accepts(token)) {
        const metadata = settings.metadataUrl || `${origin}/.well-known/oauth-protected-resource/mcp`;
        const challenge = `Bearer resource_metadata="${metadata}"`;
        return new Response(null, { status: 401, headers: { 'www-authenticate': challenge } });
      }
      const { method } = z.object({ method: z.string() }).parse(await request.clone().json());
      requests.push(method);
      const { callScope: scope } = settings;
      if (method === 'tools/call' && scope && !auth.scopesOf(token).includes(scope)) {
        const challenge = `Bearer error="insufficient_scope", scope="${scope}"`;
        return new Response(null, { status: 403, headers: { 'www-authenticate': challenge } });
      }
      return mcp.fetch(request);
    }
    return (await auth.answer(request)) ?? new Response(null, { status: 404 });
  }

  const server = createServer((incoming, outgoing) => {
    const respond = async () => {
      const body = await readBody(incoming);
      const headers = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
      const init = { method: incoming.method ?? 'GET', headers, ...(body.length > 0 && { body: body.toString() }) };
      const reply = await answer(new Request(origin + incoming.url, init));
      outgoing.writeHead(reply.status, Object.fromEntries(reply.headers));
      outgoing.end(Buffer.from(await reply.arrayBuffer()));
    };
    respond().catch(() => outgoing.destroy());
  });
  const port = await listen(server, { host: '127.0.0.1', port: 0 }, 'the login server');
  origin = `http://127.0.0.1:${port}`;
  return { ...auth, server: settings, requests, origin, url: `${origin}/mcp`, close: () => closeServer(server) };
}
