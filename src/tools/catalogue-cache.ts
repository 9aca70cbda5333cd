import { createHash } from 'node:crypto';
import type { McpServerConfig } from './mcp-servers.ts';

/** Where catalogues, and the sessions that chats have at servers, are kept between turns. A turn reads them together with its begin. */
export interface CatalogueCache {
  /** In the order of the keys; null where nothing is. */
  read(keys: readonly string[]): Promise<(string | null)[]>;
  write(key: string, value: string, ttlSeconds: number): Promise<void>;
  remove(key: string): Promise<void>;
  /** True for one of all who want the same within that time. */
  claim(key: string, ttlSeconds: number): Promise<boolean>;
}

/**
 * The Redis key of a server's catalogue. It stands for the address and for whom we are to that server, its configured headers and login and
 * the principal: another secret, address or caller is another catalogue, and nothing can be read back from the hash.
 */
export function catalogueKey(
  namespace: string,
  { name, url, headers, auth }: McpServerConfig,
  principal: string,
): string {
  const sorted = Object.entries(headers).sort(([a], [b]) => (a < b ? -1 : 1));
  const identity = JSON.stringify([url, sorted, auth ?? null, principal]);
  const hash = createHash('sha256').update(identity).digest('hex').slice(0, 32);
  return `${namespace}:mcp:catalogue:${name}:${hash}`;
}
