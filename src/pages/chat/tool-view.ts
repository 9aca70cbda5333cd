import { getToolName, type DynamicToolUIPart, type ToolUIPart } from 'ai';
import { z } from 'zod';

export type ToolState = 'running' | 'waiting' | 'done' | 'failed';

/** A tool call as its card shows it. Texts are ready to print; null means there is nothing to show. */
export interface ToolView {
  name: string;
  /** The MCP server that the tool belongs to, null when that is not known. */
  server: string | null;
  state: ToolState;
  /** The input on one line, for the closed card. */
  brief: string;
  input: string | null;
  result: string | null;
}

const originSchema = z.object({ name: z.string(), server: z.string() });

const toolResultSchema = z.object({
  content: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })),
  isError: z.boolean().optional(),
});

function pretty(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
}

/** Text that holds JSON is laid out; any other text stays as it is. */
function layOut(text: string): string {
  try {
    return pretty(JSON.parse(text));
  } catch {
    return text;
  }
}

function briefOf(input: unknown): string {
  if (input === undefined || input === null) return '';
  if (typeof input !== 'object' || Array.isArray(input)) return pretty(input);
  return Object.entries(input)
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}

function isEmpty(input: unknown): boolean {
  return input === undefined || input === null || (typeof input === 'object' && Object.keys(input).length === 0);
}

/** MCP results list content blocks; other tools answer with any JSON. */
function resultOf(output: unknown): { text: string | null; failed: boolean } {
  const mcp = toolResultSchema.safeParse(output);
  if (!mcp.success) {
    if (output === undefined || output === null) return { text: null, failed: false };
    return { text: typeof output === 'string' ? layOut(output) : pretty(output), failed: false };
  }
  const blocks = mcp.data.content.map((block) => (block.text === undefined ? `[${block.type}]` : layOut(block.text)));
  return { text: blocks.join('\n\n') || null, failed: mcp.data.isError === true };
}

function outcomeOf(part: ToolUIPart | DynamicToolUIPart): Pick<ToolView, 'state' | 'result'> {
  if (part.state === 'approval-requested') return { state: 'waiting', result: null };
  if (part.state === 'output-denied') {
    return { state: 'failed', result: part.approval.reason ?? 'This call was not allowed.' };
  }
  if (part.state === 'output-error') return { state: 'failed', result: part.errorText };
  if (part.state !== 'output-available') return { state: 'running', result: null };
  const { text, failed } = resultOf(part.output);
  return { state: failed ? 'failed' : 'done', result: text };
}

/** The server says whose tool it is; a stream without that is read by the naming rule, `server__tool`. */
function originOf(part: ToolUIPart | DynamicToolUIPart): Pick<ToolView, 'name' | 'server'> {
  const stated = originSchema.safeParse(part.toolMetadata);
  if (stated.success) return stated.data;
  const fullName = getToolName(part);
  const split = fullName.indexOf('__');
  return split > 0
    ? { name: fullName.slice(split + 2), server: fullName.slice(0, split) }
    : { name: fullName, server: null };
}

export function toolViewOf(part: ToolUIPart | DynamicToolUIPart): ToolView {
  return {
    ...originOf(part),
    brief: briefOf(part.input),
    input: isEmpty(part.input) ? null : pretty(part.input),
    ...outcomeOf(part),
  };
}
