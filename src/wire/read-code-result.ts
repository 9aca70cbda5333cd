import { z } from 'zod';
import { readMcpResult } from './mcp-result.ts';

/** What a run of code showed. */
export interface CodeResult {
  /** '' for nothing. */
  text: string;
  /** PNGs in base64. */
  images: string[];
  /** Data that was displayed, as JSON text. */
  json: string[];
}

const text = z.string().catch('');
const structuredSchema = z.object({
  stdout: text,
  result_repr: text,
  stderr: text,
  error: text,
  display_data: z.array(z.record(z.string(), z.unknown())).catch([]),
});
const imageSchema = z.object({ type: z.literal('image'), mimeType: z.literal('image/png'), data: z.string() });
const textSchema = z.object({ type: z.literal('text'), text: z.string() });

/** Reads the output of a code tool: the structured fields of seed 004's own, else the texts of its content. Every text follows a newline. */
export function readCodeResult(toolName: string, output: unknown): CodeResult {
  const result = readMcpResult(output);
  if (!result) return onlyText(lines([typeof output === 'string' ? output : JSON.stringify(output)]));
  const pictures = result.content.flatMap((part) => imageSchema.safeParse(part).data?.data ?? []);
  const structured = structuredSchema.safeParse(result.structuredContent).data;
  if (structured) {
    const { stdout, result_repr, stderr, error, display_data } = structured;
    const displayed = display_data.map((data) => data['image/png']).filter((data) => typeof data === 'string');
    // A server that gives a picture in both places means one picture.
    const images = displayed.length > 0 ? displayed : pictures;
    const json = display_data.flatMap((data) => jsonText(data['application/json']) ?? []);
    return { text: lines([stdout, result_repr, stderr, error]), images: images.map(withoutSpace), json };
  }
  const texts = result.content.flatMap((part) => textSchema.safeParse(part).data?.text ?? []);
  if (result.isError) return onlyText(codeFailure(toolName, texts.join('\n')));
  return { text: lines(texts), images: pictures.map(withoutSpace), json: [] };
}

export function onlyText(text: string): CodeResult {
  return { text, images: [], json: [] };
}

export function codeFailure(toolName: string, reason: string): string {
  return `${toolName} error: ${reason}`;
}

/** Servers give JSON as what it says, or as its text. */
function jsonText(data: unknown): string | undefined {
  return typeof data === 'string' ? data : JSON.stringify(data);
}

export const lines = (texts: readonly string[]) => texts.map((text) => text && `\n${text}`).join('');

const withoutSpace = (base64: string) => base64.replaceAll(/\s/g, '');
