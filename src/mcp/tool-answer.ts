import type { CallToolResult } from '@modelcontextprotocol/server';
import { AppError } from '../errors.ts';

/** A result as data and, for clients that read text only, as JSON. `text` is given where the two differ. */
export function toolAnswer(data: Record<string, unknown>, text: unknown = data): CallToolResult {
  return { structuredContent: data, content: [{ type: 'text', text: JSON.stringify(text) }] };
}

/**
 * The answer of `work`, or what of its failure may be shown: the SDK would show any error's message. A refusal is an answer, and not
 * reported.
 */
export async function safeAnswer(
  work: Promise<CallToolResult>,
  onError: (error: unknown) => void,
): Promise<CallToolResult> {
  try {
    return await work;
  } catch (error) {
    const known = error instanceof AppError ? error : null;
    if (!known || known.status >= 500) onError(error);
    return { isError: true, content: [{ type: 'text', text: known?.message ?? 'The tool failed.' }] };
  }
}
