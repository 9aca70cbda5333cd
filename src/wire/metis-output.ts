import { readMcpResult } from './mcp-result.ts';

/**
 * A tool's output as seed 000's clients know it from the Agents SDK: the only content item, or a list of several, each with `annotations`;
 * text that is JSON is given as what it says.
 */
export function metisOutput(output: unknown): unknown {
  if (typeof output === 'string') return parsedOrText(output);
  const result = readMcpResult(output);
  if (!result) return output;
  const items = result.content.map((item) => ({ ...item, annotations: item['annotations'] ?? null }));
  if (items.length > 1) return items;
  return items[0] ?? result.structuredContent ?? [];
}

function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
