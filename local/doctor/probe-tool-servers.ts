import { Client, SdkHttpError, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import manifest from '../../package.json' with { type: 'json' };
import type { McpServerConfig } from '../../src/tools/mcp-servers.ts';
import { fine, note, wrong, type Finding } from './finding.ts';
import { timeProbe } from './time-probe.ts';

/** Lists the tools of each remote server. */
export function probeToolServers(servers: readonly McpServerConfig[]): Promise<Finding[]> {
  return Promise.all(servers.filter(({ builtIn }) => !builtIn).map(probe));
}

async function probe({ name, url, headers, auth }: McpServerConfig): Promise<Finding> {
  const about = `tool server ${name}`;
  if (auth && auth.type !== 'none') return note(about, `was not asked: its callers log in (${auth.type})`);
  const client = new Client(
    { name: 'edgewise-doctor', version: manifest.version },
    { versionNegotiation: { mode: 'auto' } },
  );
  try {
    const { value, ms } = await timeProbe(async () => {
      await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
      return client.listTools();
    });
    return fine(about, `offers ${value.tools.length} tools, listed in ${ms} ms`);
  } catch (error) {
    const refused = error instanceof SdkHttpError && (error.status === 401 || error.status === 403);
    if (refused) return wrong(about, 'refuses us: it wants a header, or an auth entry in MCP_SERVERS');
    return wrong(about, 'cannot be reached, or does not speak streamable HTTP: turns go on without it');
  } finally {
    await client.close().catch(() => undefined);
  }
}
