import { serveMcp, type McpContext } from './serve-mcp.ts';

/** `fetch` for one of our own servers: the same requests as over HTTP, answered here and at once. */
export function inProcessFetch(
  name: string,
  context: McpContext,
): (url: string | URL, init?: RequestInit) => Promise<Response> {
  return async (url, init) => {
    const response = await serveMcp(name, new Request(url, init), context);
    return response ?? new Response(null, { status: 404 });
  };
}
