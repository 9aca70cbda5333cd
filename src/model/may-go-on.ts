import type { StepResult, ToolSet } from 'ai';
import type { TurnInput } from '../turn/turn-runner.ts';
import { totalUsage } from './total-usage.ts';

/** What the SDK tells a stop condition. */
export interface StoppedAt {
  steps: readonly StepResult<ToolSet>[];
}

/** Denser than text usually is: a tool's result is data. */
const CHARACTERS_A_TOKEN = 3;

/** Asks whether there may be another step: it reads what the last one read, said, and got from its tools. */
export function mayGoOn(input: TurnInput, steps: StoppedAt['steps']): Promise<boolean> {
  const last = steps.at(-1);
  const results = JSON.stringify(last?.toolResults.map(({ output }) => output ?? null) ?? []).length;
  const read = (last?.usage.inputTokens ?? 0) + (last?.usage.outputTokens ?? 0);
  const inputTokens = read + Math.ceil(results / CHARACTERS_A_TOKEN);
  return input.mayGoOn(totalUsage(steps.map(({ usage }) => usage)), { inputTokens });
}
