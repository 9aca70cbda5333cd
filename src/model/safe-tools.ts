import type { ToolSet } from 'ai';
import { AppError } from '../errors.ts';

/** What a model and a browser are told of a failed tool. The SDK shows `toString()`, so that is the bare sentence. */
export class ToolFailure extends Error {
  override toString(): string {
    return this.message;
  }
}

/**
 * The same tools, except that what they throw says nothing of their insides: an AppError keeps its message, anything else becomes
 * "The tool failed.". It is done here and not when chunks are written, so that the model and the client read the same words.
 */
export function safeTools(tools: ToolSet): ToolSet {
  return Object.fromEntries(Object.entries(tools).map(([name, tool]) => [name, safeTool(tool)]));
}

type AnyTool = ToolSet[string];

function safeTool(tool: AnyTool): AnyTool {
  const { execute } = tool;
  if (!execute) return tool;
  return { ...tool, execute: (input, options) => safely(() => execute(input, options)) };
}

function safely(run: () => unknown): unknown {
  try {
    const output: unknown = run();
    return isAsyncIterable(output) ? safeOutputs(output) : Promise.resolve(output).catch(refuse);
  } catch (error) {
    return refuse(error);
  }
}

async function* safeOutputs(outputs: AsyncIterable<unknown>): AsyncGenerator {
  try {
    yield* outputs;
  } catch (error) {
    refuse(error);
  }
}

function refuse(error: unknown): never {
  throw new ToolFailure(error instanceof AppError ? error.message : 'The tool failed.', { cause: error });
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
