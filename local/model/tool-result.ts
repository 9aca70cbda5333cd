import { z } from 'zod';

const record = z.record(z.string(), z.unknown());
export type ResultRecord = z.infer<typeof record>;

const mcpResult = z.union([
  z.object({ structuredContent: record }).transform((result): unknown => result.structuredContent),
  z
    .object({ content: z.array(z.looseObject({ text: z.string().optional() })).min(1) })
    .transform((result): unknown => readToolResult(result.content.map(({ text }) => text ?? '').join('\n'))),
]);

/** What a tool's answer says: parsed where it is JSON, without MCP's envelope; otherwise the text itself. */
export function readToolResult(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text;
  }
  if (typeof value === 'string' && value !== text) return readToolResult(value);
  const unwrapped = mcpResult.safeParse(value);
  return unwrapped.success ? unwrapped.data : value;
}

export function asRecord(value: unknown): ResultRecord | null {
  const parsed = record.safeParse(value);
  return parsed.success && !Array.isArray(value) ? parsed.data : null;
}

/** The rows of a result that is a list, or that holds one list among its fields. */
export function rowsOf(value: unknown): unknown[] | null {
  if (Array.isArray(value)) return value;
  const lists = Object.values(asRecord(value) ?? {}).filter((field) => Array.isArray(field));
  return lists.length === 1 && lists[0] ? lists[0] : null;
}

export function idOf(row: ResultRecord): string | null {
  const id = row['task_id'] ?? row['taskId'] ?? row['id'];
  return typeof id === 'number' || typeof id === 'string' ? String(id) : null;
}

export function titleOf(row: ResultRecord): string | null {
  const title = row['title'] ?? row['name'];
  return typeof title === 'string' ? title : null;
}
