import type { ToolDirectory } from '../tools/tool-directory.ts';
import type { AppContext } from './context.ts';

/** What `use` makes of the servers' tools, resources and prompts. Connections that it opened are closed after the response. */
export async function withDirectory<T>(
  c: AppContext,
  use: (directory: ToolDirectory) => Promise<T>,
  serverNames?: readonly string[],
): Promise<T> {
  const services = c.get('services');
  const directory = await services.tools.open({
    caller: c.get('caller'),
    serverNames,
    signal: c.req.raw.signal,
    waitUntil: services.waitUntil,
  });
  try {
    return await use(directory);
  } finally {
    services.waitUntil(directory.close());
  }
}
