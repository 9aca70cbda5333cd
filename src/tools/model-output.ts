import type { Tool } from 'ai';
import { contentPart, type ContentPart } from './content-part.ts';
import { toolResultSchema, type ToolResult } from './tool-result.ts';

export type ModelOutput = Awaited<ReturnType<NonNullable<Tool['toModelOutput']>>>;

/** How a model reads a result of one of our tools, fresh or from a stored message. */
export function modelOutput(output: unknown): ModelOutput {
  const result = toolResultSchema.safeParse(output);
  if (!result.success) return { type: 'text', value: JSON.stringify(output) ?? '' };
  const parts = result.data.content.map(contentPart);
  if (result.data.isError) return { type: 'error-text', value: textOf(parts) || 'The tool failed.' };
  if (parts.some(({ type }) => type === 'file')) return { type: 'content', value: parts };
  return { type: 'text', value: textOf(parts) || structuredText(result.data) };
}

function textOf(parts: readonly ContentPart[]): string {
  return parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}

function structuredText({ structuredContent }: ToolResult): string {
  return structuredContent === undefined ? '' : JSON.stringify(structuredContent);
}
