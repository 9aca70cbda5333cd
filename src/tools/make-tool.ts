import { dynamicTool, jsonSchema, type Tool } from 'ai';
import { AppError } from '../errors.ts';
import { askServer } from './ask-server.ts';
import type { CallOptions } from './mcp-connection.ts';
import { modelOutput } from './model-output.ts';
import type { PrepareTools } from './tool-hub.ts';
import { errorResult, readToolResult, type ToolResult } from './tool-result.ts';
import type { ToolSource } from './tool-sources.ts';

/**
 * A tool of a server as the AI SDK runs it. What the server itself says to be an error is a result, for the model to act on; a server that
 * cannot be used throws AppError with a sentence that is safe to show.
 */
export function makeTool(source: ToolSource, onProgress: PrepareTools['onProgress']): Tool {
  const { server, tool } = source;
  const { readOnlyHint = false, idempotentHint = false } = tool.annotations ?? {};
  return dynamicTool({
    ...(tool.description !== undefined && { description: tool.description }),
    ...(tool.title !== undefined && { title: tool.title }),
    metadata: { server, name: tool.name, readOnly: readOnlyHint, idempotent: idempotentHint },
    inputSchema: jsonSchema(tool.inputSchema),
    execute: (input, { toolCallId, abortSignal }) =>
      callTool(source, isRecord(input) ? input : {}, {
        signal: abortSignal,
        onProgress: onProgress && ((progress) => onProgress({ toolCallId, ...progress })),
      }),
    toModelOutput: ({ output }) => modelOutput(output),
  });
}

async function callTool(
  { server, tool, link, timeoutMs }: ToolSource,
  input: Record<string, unknown>,
  { signal, onProgress }: { signal: AbortSignal | undefined; onProgress: CallOptions['onProgress'] },
): Promise<ToolResult> {
  try {
    const answer = await askServer(server, { signal, timeoutMs }, (limits) =>
      link.call(tool, input, { ...limits, onProgress }),
    );
    return readToolResult(answer);
  } catch (error) {
    if (error instanceof AppError && error.code === 'tool_refused') return errorResult(error.message);
    throw error;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
