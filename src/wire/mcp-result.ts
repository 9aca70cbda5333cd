import { z } from 'zod';

/** As much of MCP's CallToolResult as formats read; what a part holds depends on its type. */
const schema = z.object({
  content: z.array(z.looseObject({ type: z.string() })),
  structuredContent: z.unknown().optional(),
  isError: z.boolean().optional(),
});
export type McpResult = z.infer<typeof schema>;

/** A tool's output as MCP's result; null when it is something else. */
export function readMcpResult(output: unknown): McpResult | null {
  return schema.safeParse(output).data ?? null;
}
