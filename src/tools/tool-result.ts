import { z } from 'zod';
import { BINARY_MAX_BYTES, TEXT_MAX_CHARACTERS } from './tool-limits.ts';

const media = { data: z.string(), mimeType: z.string() };
export const toolResultPartSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('image'), ...media }),
  z.object({ type: z.literal('audio'), ...media }),
  z.object({ type: z.literal('resource_link'), uri: z.string(), name: z.string() }),
  z.object({
    type: z.literal('resource'),
    resource: z.object({
      uri: z.string(),
      mimeType: z.string().optional(),
      text: z.string().optional(),
      blob: z.string().optional(),
    }),
  }),
]);
export type ToolResultPart = z.infer<typeof toolResultPartSchema>;

/** A tool's result as it is streamed, stored and shown: MCP's shape, within our limits. */
export const toolResultSchema = z.object({
  content: z.array(toolResultPartSchema),
  structuredContent: z.unknown().optional(),
  isError: z.literal(true).optional(),
});
export type ToolResult = z.infer<typeof toolResultSchema>;

/** What a server answered, with every part that is too large cut or replaced by a note; kinds of content we do not know are left out. */
export function readToolResult(answer: {
  content?: readonly unknown[] | undefined;
  structuredContent?: unknown;
  isError?: boolean | undefined;
}): ToolResult {
  const limits = { text: TEXT_MAX_CHARACTERS, bytes: BINARY_MAX_BYTES };
  const parts = (answer.content ?? [])
    .map((part) => toolResultPartSchema.safeParse(part))
    .filter(({ success }) => success);
  const structured = answer.structuredContent;
  const fits = structured !== undefined && JSON.stringify(structured).length <= TEXT_MAX_CHARACTERS;
  return {
    content: parts.flatMap(({ data }) => (data ? [limitPart(data, limits)] : [])),
    ...(fits && { structuredContent: structured }),
    ...(answer.isError === true && { isError: true as const }),
  };
}

/** A result that says what went wrong, for the model to read. */
export function errorResult(message: string): ToolResult {
  return readToolResult({ isError: true, content: [{ type: 'text', text: message }] });
}

/** What the parts of one result may still take. */
interface Limits {
  text: number;
  bytes: number;
}

function limitPart(part: ToolResultPart, limits: Limits): ToolResultPart {
  switch (part.type) {
    case 'text':
      return { ...part, text: takeText(part.text, limits) };
    case 'image':
    case 'audio':
      return takeBytes(part.data, limits) ? part : note(part.mimeType, part.data);
    case 'resource': {
      const { text, blob, ...resource } = part.resource;
      if (text !== undefined) return { ...part, resource: { ...resource, text: takeText(text, limits) } };
      if (blob === undefined || takeBytes(blob, limits)) return part;
      return note(`${resource.uri}, ${resource.mimeType ?? 'unknown type'}`, blob);
    }
    case 'resource_link':
      return part;
  }
  return part satisfies never;
}

function takeText(text: string, limits: Limits): string {
  const shown = text.slice(0, limits.text).toWellFormed();
  limits.text -= shown.length;
  return shown.length === text.length ? text : `${shown}\n[cut: ${shown.length} of ${text.length} characters]`;
}

function takeBytes(base64: string, limits: Limits): boolean {
  if (bytesOf(base64) > limits.bytes) return false;
  limits.bytes -= bytesOf(base64);
  return true;
}

function note(what: string, base64: string): ToolResultPart {
  return { type: 'text', text: `[${what}, ${Math.ceil(bytesOf(base64) / 1024)} KiB, not shown]` };
}

const bytesOf = (base64: string) => Math.floor((base64.length * 3) / 4);
