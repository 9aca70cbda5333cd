import { dynamicTool, jsonSchema, type Tool } from 'ai';
import { AppError } from '../errors.ts';
import { askServer } from './ask-server.ts';
import { modelOutput } from './model-output.ts';
import { errorResult, readToolResult, type ToolResult } from './tool-result.ts';
import type { ToolSource } from './tool-sources.ts';

/**
 * A tool of a server as the AI SDK runs it. What the server itself says to be an error is a result, for the model to act on; a server that
 * cannot be used throws AppError with a sentence that is safe to show.
 */
export function makeTool(source: ToolSource): Tool {
  const { server, tool } = source;
  const { readOnlyHint = false, idempotentHint = false } = tool.annotations ?? {};
  return dynamicTool({
    ...(tool.description !== undefined && { description: tool.description }),
    ...(tool.title !== undefined && { title: tool.title }),
    metadata: { server, name: tool.name, readOnly: readOnlyHint, idempotent: idempotentHint },
    inputSchema: jsonSchema(tool.inputSchema),
    execute: (input, { abortSignal }) => callTool(source, isRecord(input) ? input : {}, abortSignal),
    toModelOutput: ({ output }) => modelOutput(output),
  });
}

async function callTool(
  { server, tool, link, timeoutMs }: ToolSource,
  input: Record<string, unknown>,
  signal: AbortSignal | undefined,
): Promise<ToolResult> {
  try {
    return readToolResult(await askServer(server, { signal, timeoutMs }, (limits) => link.call(tool, input, limits)));
  } catch (error) {
    if (error instanceof AppError && error.code === 'tool_refused') return errorResult(error.message);
    throw error;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
