import type { DynamicToolUIPart, ToolUIPart } from 'ai';
import { z } from 'zod';
import { toolViewOf } from './tool-view.ts';

/** A run of code as its card shows it. What there is nothing of is null or left out. */
export interface CodeView {
  code: string;
  /** What the run showed, each under its name. */
  outputs: { name: string; text: string }[];
  error: string | null;
  /** Addresses for `<img>`, where an SVG can neither run scripts nor fetch anything. */
  pictures: string[];
}

const inputSchema = z.object({ code: z.string() });
const text = z.string().catch('');
const fieldsSchema = z.object({ stdout: text, stderr: text, result_repr: text, error: text, note: text });
const textPart = z.object({ type: z.literal('text'), text: z.string() });
const picturePart = z.object({
  type: z.literal('image'),
  mimeType: z.string().regex(/^image\/(png|jpeg|gif|webp|svg\+xml)$/),
  data: z.base64().min(1),
});
const resultSchema = z.object({
  content: z.array(z.unknown()),
  structuredContent: fieldsSchema.optional().catch(undefined),
});

/** Null for a call of anything else, and as long as no code has arrived. */
export function codeViewOf(part: ToolUIPart | DynamicToolUIPart): CodeView | null {
  const { name, state, result } = toolViewOf(part);
  const input = inputSchema.safeParse(part.input).data;
  if (name !== 'code_interpreter' || !input) return null;
  const { code } = input;
  const answer = part.state === 'output-available' ? resultSchema.safeParse(part.output).data : undefined;
  if (!answer) {
    const shown = state === 'done' && result !== null ? [{ name: 'Output', text: result }] : [];
    return { code, outputs: shown, error: state === 'failed' ? (result ?? 'The call failed.') : null, pictures: [] };
  }

  const pictures = each(answer.content, picturePart).map(({ mimeType, data }) => `data:${mimeType};base64,${data}`);
  const fields = answer.structuredContent;
  if (fields) {
    const { stdout, stderr, result_repr: value, error, note } = fields;
    const outputs = named({ Output: stdout, 'Error output': stderr, Value: value, Note: note });
    return { code, outputs, error: error || (state === 'failed' ? 'The code failed.' : null), pictures };
  }
  // Fields that are too many to carry are left out, and a refusal has none: the texts say the same.
  const said = each(answer.content, textPart)
    .map((said) => said.text)
    .join('\n\n');
  if (state === 'failed') return { code, outputs: [], error: said || 'The code failed.', pictures };
  return { code, outputs: named({ Output: said }), error: null, pictures };
}

function each<Schema extends z.ZodType>(parts: unknown[], schema: Schema): z.output<Schema>[] {
  return parts.flatMap((part) => {
    const read = schema.safeParse(part);
    return read.success ? [read.data] : [];
  });
}

function named(texts: Record<string, string>): CodeView['outputs'] {
  return Object.entries(texts).flatMap(([name, text]) => (text === '' ? [] : [{ name, text }]));
}
