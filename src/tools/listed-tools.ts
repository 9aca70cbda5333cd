import type { Client, RequestOptions, Tool } from '@modelcontextprotocol/client';

/**
 * All tools of a server, `pagesMax` pages of them at most, and for how long the list is good (null: the server does not say). A client that
 * goes on with a session does not know what its server can do, and would say that there are no tools without asking: there the pages are
 * asked for one by one.
 */
export async function listedTools(
  client: Client,
  options: RequestOptions,
  pagesMax: number,
): Promise<{ tools: Tool[]; ttlMs: number | null }> {
  if (client.getServerCapabilities()) {
    const { tools, ttlMs } = await client.listTools(undefined, options);
    return { tools, ttlMs: typeof ttlMs === 'number' ? ttlMs : null };
  }
  const tools: Tool[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < pagesMax; page++) {
    const params = cursor === undefined ? {} : { cursor };
    const { tools: more, nextCursor } = await client.request({ method: 'tools/list', params }, options);
    tools.push(...more);
    if (nextCursor === undefined) break;
    cursor = nextCursor;
  }
  return { tools, ttlMs: null };
}
