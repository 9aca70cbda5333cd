import type { ToolCall } from './model-request.ts';

/** What the model says to one request: words, or tool calls. */
export interface Answer {
  reasoning: string;
  text: string;
  calls: ToolCall[];
}

export interface Usage {
  promptTokens: number;
  completionTokens: number;
}

/** The pieces that are streamed one by one, each with the space after it. They join to `text`. */
export function tokensOf(text: string): string[] {
  return text.match(/\S+\s*|\s+/g) ?? [];
}

/** Tool arguments travel in pieces of at most twelve characters; the flag keeps surrogate pairs whole. */
const ARGUMENT_PIECE = /.{1,12}/gsu;

export function argumentPieces(json: string): string[] {
  return json.match(ARGUMENT_PIECE) ?? [];
}
