import type { ToolApproval } from './approval-rules.ts';
import { AppError } from '../errors.ts';
import { callTool, makeTool, type ToolUse } from './make-tool.ts';
import type { TurnTools } from './tool-hub.ts';
import { TOOLS_MAX } from './tool-limits.ts';
import { toolSources, type LinkedServer } from './tool-sources.ts';

/** How many tools of each server, in this order, fit into one turn. */
export function shareOfTools(linked: readonly LinkedServer[]): number[] {
  let left = TOOLS_MAX;
  return linked.map(({ catalogue }) => {
    const share = catalogue.status === 'available' ? Math.min(catalogue.tools.length, left) : 0;
    left -= share;
    return share;
  });
}

/** The tools of one turn, as the AI SDK runs them. */
export function turnTools(
  linked: readonly LinkedServer[],
  calls: { timeoutMs: number; toolApproval: ToolApproval },
  use: ToolUse,
): Pick<TurnTools, 'tools' | 'isRepeatable' | 'needsApproval' | 'waiting' | 'answer'> {
  const named = toolSources(linked, shareOfTools(linked), calls).filter(({ source }) => source.approval !== 'deny');
  const repeatable = named.filter(
    ({ source: { tool } }) => tool.annotations?.readOnlyHint === true || tool.annotations?.idempotentHint === true,
  );
  const repeatableNames = new Set(repeatable.map(({ name }) => name));
  const asking = new Set(named.flatMap(({ name, source }) => (source.approval === 'ask' ? [name] : [])));
  return {
    tools: Object.fromEntries(named.map(({ name, source }) => [name, makeTool(name, source, use)])),
    isRepeatable: (name) => repeatableNames.has(name),
    needsApproval: (name) => asking.has(name),
    waiting: use.questions?.waiting ?? new Set(),
    async answer({ replies, ...call }) {
      const source = named.find(({ name }) => name === call.toolName)?.source;
      if (!source || !use.questions) throw new AppError('tool_unavailable', 'This tool is not there any more.');
      const state = await use.questions.takeState({ replies, ...call });
      return callTool(source, call, use, { replies, state });
    },
  };
}
