import type { HeldTurn } from '../journal/turn-journal.ts';
import { lockedTool } from '../tools/locked-tool.ts';
import type { TurnTools } from '../tools/tool-hub.ts';
import { planResume } from './plan-resume.ts';
import type { TurnFailure } from './turn-failure.ts';
import type { TurnPump } from './turn-pump.ts';

/** Why the turn cannot do what it was asked: it is to call a tool that it does not have. A choice of tool is for the first step only. */
export function missingTool(
  { toolChoice }: HeldTurn['options'],
  { tools, authRequired }: TurnTools,
  { log }: TurnPump,
): TurnFailure | undefined {
  if (typeof toolChoice !== 'object' || Object.hasOwn(tools, toolChoice.toolName)) return undefined;
  if (planResume(log.chunks).stepsDone > 0) return undefined;
  const locked = lockedTool(toolChoice.toolName, authRequired);
  if (locked) return { code: locked.code, message: locked.message };
  return { code: 'unknown_tool', message: `There is no tool \`${toolChoice.toolName}\` in this turn.` };
}
