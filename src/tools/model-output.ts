import type { Tool } from 'ai';
import { toolResultSchema, type ToolResult, type ToolResultPart } from './tool-result.ts';

export type ModelOutput = Awaited<ReturnType<NonNullable<Tool['toModelOutput']>>>;
type ContentPart = Extract<ModelOutput, { type: 'content' }>['value'][number];

/** How a model reads a result of one of our tools, fresh or from a stored message. Links are named and never fetched. */
export function modelOutput(output: unknown): ModelOutput {
  const result = toolResultSchema.safeParse(output);
  if (!result.success) return { type: 'text', value: JSON.stringify(output) ?? '' };
  const parts = result.data.content.map(contentPart);
  if (result.data.isError) return { type: 'error-text', value: textOf(parts) || 'The tool failed.' };
  if (parts.some(({ type }) => type === 'file')) return { type: 'content', value: parts };
  return { type: 'text', value: textOf(parts) || structuredText(result.data) };
}

function contentPart(part: ToolResultPart): ContentPart {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.text };
    case 'image':
    case 'audio':
      return { type: 'file', mediaType: part.mimeType, data: { type: 'data', data: part.data } };
    case 'resource_link':
      return { type: 'text', text: `[${part.name}](${part.uri})` };
    case 'resource': {
      const { uri, mimeType, text, blob } = part.resource;
      if (blob !== undefined && mimeType !== undefined && /^(image|audio)\//.test(mimeType)) {
        return { type: 'file', mediaType: mimeType, data: { type: 'data', data: blob } };
      }
      return { type: 'text', text: text === undefined ? `[${uri}, ${mimeType ?? 'a file'}]` : `${uri}\n${text}` };
    }
  }
  return part satisfies never;
}

function textOf(parts: readonly ContentPart[]): string {
  return parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}

function structuredText({ structuredContent }: ToolResult): string {
  return structuredContent === undefined ? '' : JSON.stringify(structuredContent);
}
