import { z } from 'zod';
import type { Area, RequestBody } from '../area.ts';

const idSchema = z.union([z.string(), z.number(), z.null()]);
const rpcRequest = z.object({
  jsonrpc: z.literal('2.0'),
  id: idSchema.optional(),
  method: z.string(),
  params: z.record(z.string(), z.unknown()).optional(),
});
const rpcAnswer = z
  .object({
    jsonrpc: z.literal('2.0'),
    id: idSchema.optional(),
    result: z.record(z.string(), z.unknown()).optional(),
    error: z.object({ code: z.int(), message: z.string(), data: z.unknown().optional() }).optional(),
  })
  .meta({ id: 'RpcAnswer', description: 'JSON-RPC 2.0.' });

const body: RequestBody = { schema: rpcRequest, example: { jsonrpc: '2.0', id: 1, method: 'tools/list' } };
const headers = { Accept: '`application/json, text/event-stream`', 'Mcp-Protocol-Version': "The protocol's revision." };
const answers = {
  200: { description: 'The answer, or a stream that ends with it.', schema: rpcAnswer, types: ['text/event-stream'] },
  202: { description: 'A notification was taken.' },
};

export const mcp: Area = {
  name: 'MCP',
  description: 'Tool servers over streamable HTTP, stateless, for clients of both eras of the protocol.',
  errorSchema: rpcAnswer,
  operations: {
    'POST /mcp': {
      id: 'mcpRouter',
      summary: 'All tools, resources and prompts as one server',
      description: 'Built-in tools by their plain names, those of other servers as `server__tool`.',
      headers,
      body,
      answers,
    },
    'POST /mcp/{name}': {
      id: 'mcpServer',
      summary: 'One built-in server',
      path: { name: 'Its name, for example `tasks`, `files` or `catalogue`.' },
      headers,
      body,
      answers,
      errors: ['http_error', 'archive_unavailable'],
    },
  },
};
