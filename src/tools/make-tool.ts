import { dynamicTool, jsonSchema, type Tool } from 'ai';
import { AppError } from '../errors.ts';
import type { CatalogueTool } from './catalogue.ts';
import { failureReason, refusalOf, TIMED_OUT } from './mcp-failure.ts';
import { modelOutput } from './model-output.ts';
import type { ServerLink } from './server-link.ts';
import { errorResult, readToolResult, type ToolResult } from './tool-result.ts';

export interface ToolSource {
  server: string;
  tool: CatalogueTool;
  link: ServerLink;
  timeoutMs: number;
}

/**
 * A tool of a server as the AI SDK runs it. What the server itself says to be an error is a result, for the model to act on; a server that
 * cannot be used throws AppError with a sentence that is safe to show.
 */
export function makeTool(source: ToolSource): Tool {
  const { server, tool } = source;
  const hints = { readOnly: tool.readOnly ?? false, idempotent: tool.idempotent ?? false };
  return dynamicTool({
    ...(tool.description !== undefined && { description: tool.description }),
    ...(tool.title !== undefined && { title: tool.title }),
    metadata: { server, name: tool.name, ...hints },
    inputSchema: jsonSchema(tool.inputSchema),
    execute: (input, { abortSignal }) => callTool(source, isRecord(input) ? input : {}, abortSignal),
    toModelOutput: ({ output }) => modelOutput(output),
  });
}

async function callTool(
  { server, tool, link, timeoutMs }: ToolSource,
  input: Record<string, unknown>,
  abortSignal: AbortSignal | undefined,
): Promise<ToolResult> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = abortSignal ? AbortSignal.any([abortSignal, deadline]) : deadline;
  try {
    return readToolResult(await link.call(tool, input, { signal, timeoutMs }));
  } catch (cause) {
    abortSignal?.throwIfAborted();
    const refusal = refusalOf(cause);
    if (refusal !== null) return errorResult(refusal);
    const reason = deadline.aborted ? TIMED_OUT : failureReason(cause);
    throw new AppError('internal_error', `The tool server "${server}" ${reason}.`, { cause });
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
