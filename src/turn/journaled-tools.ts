import type { ToolSet } from 'ai';

/**
 * The same tools, except that a call with an effect waits until the journal knows of it: whoever takes the turn over then sees that the
 * call may have happened, and does not make it again. Calls that may be repeated do not wait.
 */
export function journaledTools(
  tools: ToolSet,
  isRepeatable: (toolName: string) => boolean,
  callJournaled: (toolCallId: string) => Promise<void>,
): ToolSet {
  return Object.fromEntries(
    Object.entries(tools).map(([name, tool]) => [name, isRepeatable(name) ? tool : journaledTool(tool, callJournaled)]),
  );
}

type AnyTool = ToolSet[string];

function journaledTool(tool: AnyTool, callJournaled: (toolCallId: string) => Promise<void>): AnyTool {
  const { execute } = tool;
  if (!execute) return tool;
  return {
    ...tool,
    execute: async (input, options) => {
      await callJournaled(options.toolCallId);
      return execute(input, options);
    },
  };
}
