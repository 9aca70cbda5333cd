import type { ToolResultPart } from './tool-result.ts';

export type ContentPart =
  | { type: 'text'; text: string }
  | { type: 'file'; mediaType: string; data: { type: 'data'; data: string } };

/** How a model reads a piece of what a server gave. Links are named and never fetched. */
export function contentPart(part: ToolResultPart): ContentPart {
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
