import { isInputRequiredResult } from '@modelcontextprotocol/client';
import { dynamicTool, jsonSchema, type Tool } from 'ai';
import { AppError } from '../errors.ts';
import { askServer } from './ask-server.ts';
import type { CallOptions } from './mcp-connection.ts';
import { modelOutput } from './model-output.ts';
import type { PrepareTools } from './tool-hub.ts';
import type { ToolQuestions } from './tool-questions.ts';
import { errorResult, readToolResult, type ToolResult } from './tool-result.ts';
import type { ToolSource } from './tool-sources.ts';

export interface ToolUse {
  onProgress: PrepareTools['onProgress'];
  /** Null where nobody can be asked. */
  questions: ToolQuestions | null;
}

/**
 * A tool of a server as the AI SDK runs it. What the server itself says to be an error is a result, for the model to act on; a server that
 * cannot be used throws AppError with a sentence that is safe to show.
 */
export function makeTool(toolName: string, source: ToolSource, use: ToolUse): Tool {
  const { server, tool } = source;
  const { readOnlyHint = false, idempotentHint = false } = tool.annotations ?? {};
  return dynamicTool({
    ...(tool.description !== undefined && { description: tool.description }),
    ...(tool.title !== undefined && { title: tool.title }),
    metadata: { server, name: tool.name, readOnly: readOnlyHint, idempotent: idempotentHint },
    inputSchema: jsonSchema(tool.inputSchema),
    execute: (input, { toolCallId, abortSignal: signal }) =>
      callTool(source, { toolCallId, toolName, input, signal, round: 1 }, use, {}),
    toModelOutput: ({ output }) => modelOutput(output),
  });
}

export interface ToolCall {
  toolCallId: string;
  toolName: string;
  input: unknown;
  signal: AbortSignal | undefined;
  /** Of the question that the server may ask. */
  round: number;
}

export async function callTool(
  { server, tool, link, timeoutMs }: ToolSource,
  { toolCallId, toolName, input: given, signal, round }: ToolCall,
  { onProgress, questions }: ToolUse,
  said: NonNullable<CallOptions['elicitation']>,
): Promise<ToolResult> {
  const input = isRecord(given) ? given : {};
  try {
    const answer = await askServer(server, { signal, timeoutMs }, (limits) =>
      link.call(tool, input, {
        ...limits,
        elicitation: questions ? said : undefined,
        onProgress: onProgress && ((progress) => onProgress({ toolCallId, ...progress })),
      }),
    );
    if (!isInputRequiredResult(answer)) return readToolResult(answer);
    if (!questions) return errorResult('The tool has to ask a person, and nobody can be asked here.');
    return await questions.ask({ toolCallId, toolName, input, round }, answer);
  } catch (error) {
    if (error instanceof AppError && error.code === 'tool_refused') return errorResult(error.message);
    throw error;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
