import { z } from 'zod';

const lineSchema = z.object({
  variant: z.string(),
  content: z.union([z.string(), z.record(z.string(), z.unknown())]),
  id: z.string().optional(),
});
export type ReadVariant = z.infer<typeof lineSchema>;

/**
 * Reads seed 004's stream as its web page does: every network piece is decoded by itself, and at every `}` the buffer is tried as JSON;
 * what cannot be parsed there becomes an error bubble unless it mentions code or hints. Throws where the page would show one.
 */
export function readChatbotPage(pieces: readonly Uint8Array[]): ReadVariant[] {
  const seen: ReadVariant[] = [];
  let buffer = '';
  for (const piece of pieces) {
    buffer += new TextDecoder('utf-8', { fatal: true }).decode(piece);
    for (let at = buffer.indexOf('}'); at >= 0; at = buffer.indexOf('}', at + 1)) {
      const candidate = buffer.slice(0, at + 1);
      const parsed = parsedOrNull(candidate);
      if (parsed) {
        seen.push(parsed);
        buffer = buffer.slice(at + 1);
        at = -1;
      } else if (!/Code|ServerHint/.test(candidate)) throw new Error(`Incomplete message received: ${candidate}`);
    }
  }
  if (buffer.trim() !== '') throw new Error(`The stream ended inside an object: ${buffer}`);
  return seen;
}

/** Reads it as the Python client does: by lines, where a string that looks like an object is taken for one, and then refused. */
export function readChatbotLines(body: string): ReadVariant[] {
  const lines = body.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const variant = lineSchema.parse(JSON.parse(line));
    const { content } = variant;
    if (typeof content === 'string' && content.startsWith('{') && content.endsWith('}'))
      throw new Error(`Not taken for text: ${content}`);
    return variant;
  });
}

export interface Bubble {
  variant: string;
  content: string;
  id: string | undefined;
}

/** What the page shows for good: neighbours of one variant are glued, whatever their id, and a bubble stays only when another follows. */
export function bubblesOf(variants: readonly ReadVariant[]): Bubble[] {
  const bubbles: Bubble[] = [];
  for (const { variant, content, id } of variants) {
    const said = typeof content === 'string' ? content : '';
    const last = bubbles.at(-1);
    if (last?.variant === variant) last.content += said;
    else bubbles.push({ variant, content: said, id });
  }
  bubbles.pop();
  return bubbles.filter(({ variant }) => variant !== 'ServerHint');
}

const codeSchema = z.object({ code: z.string() });

/** The source that the page puts in a code cell. */
export function sourceOf(content: string): string {
  return codeSchema.parse(JSON.parse(content)).code;
}

function parsedOrNull(text: string): ReadVariant | null {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
