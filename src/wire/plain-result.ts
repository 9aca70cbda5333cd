import { z } from 'zod';
import { readMcpResult } from './mcp-result.ts';

const textPart = z.object({ type: z.literal('text'), text: z.string() });

/** What a tool's output says, for clients that know nothing of MCP: its structured content, else its text, read as JSON where it is. Null for nothing. */
export function plainResult(output: unknown): unknown {
  const result = readMcpResult(output);
  if (!result) return output ?? null;
  if (result.structuredContent !== undefined) return result.structuredContent;
  const texts = result.content.flatMap((part) => textPart.safeParse(part).data?.text ?? []);
  if (texts.length === 0) return result.content.length > 0 ? result.content : null;
  return parsedOrText(texts.join('\n'));
}

function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
