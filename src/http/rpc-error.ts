import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { AppContext } from './context.ts';

/** Codes of JSON-RPC and, from -32000 down, our own. */
export const RPC_CODE = { invalidRequest: -32600, refused: -32000 } as const;

/** A refusal at the MCP door that comes before its messages are looked at. */
export function rpcError(
  c: AppContext,
  status: ContentfulStatusCode,
  code: number,
  message: string,
  data?: Record<string, unknown>,
): Response {
  return c.json({ jsonrpc: '2.0', id: null, error: { code, message, ...(data && { data }) } }, status);
}
