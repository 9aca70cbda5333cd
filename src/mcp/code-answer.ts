import type { CallToolResult } from '@modelcontextprotocol/server';
import type { InterpretedCode } from '../code/code-interpreter.ts';
import { errorText } from '../code/error-text.ts';

/** Pictures that travel twice, as content and as data for clients that read data only, must be small. */
const DISPLAY_DATA_MAX_CHARACTERS = 24_000;

/** A run as MCP has it: texts and pictures for a model to read, and the fields that clients of code tools know. */
export function codeAnswer(run: InterpretedCode): CallToolResult {
  const { stdout, stderr, value, error, pictures, note } = run;
  const shown = [stdout, stderr, value ?? '', error ? errorText(error) : '', note && `[${note}]`].filter(Boolean);
  const size = pictures.reduce((sum, { base64 }) => sum + base64.length, 0);
  const displayed = size <= DISPLAY_DATA_MAX_CHARACTERS ? pictures : [];
  const empty = pictures.length > 0 ? [] : ['[The code ran, and showed nothing.]'];
  return {
    structuredContent: {
      stdout,
      stderr,
      result_repr: value ?? '',
      error: error ? errorText(error) : '',
      display_data: displayed.map(({ mediaType, base64 }) => ({ [mediaType]: base64 })),
      runs: run.runs,
      note,
    },
    content: [
      ...(shown.length > 0 ? shown : empty).map((text) => ({ type: 'text' as const, text })),
      ...pictures.map(({ mediaType, base64 }) => ({ type: 'image' as const, mimeType: mediaType, data: base64 })),
    ],
    ...(error && { isError: true }),
  };
}
