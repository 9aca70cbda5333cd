import type { TokenUsage } from './turn-runner.ts';

/** What an answer used before and after it waited for a person. */
export function addUsage(before: TokenUsage | null, after: TokenUsage | undefined): TokenUsage | undefined {
  if (!before || !after) return after ?? before ?? undefined;
  const cachedInputTokens = (before.cachedInputTokens ?? 0) + (after.cachedInputTokens ?? 0);
  const reasoningTokens = (before.reasoningTokens ?? 0) + (after.reasoningTokens ?? 0);
  return {
    inputTokens: before.inputTokens + after.inputTokens,
    outputTokens: before.outputTokens + after.outputTokens,
    totalTokens: before.totalTokens + after.totalTokens,
    ...(cachedInputTokens > 0 && { cachedInputTokens }),
    ...(reasoningTokens > 0 && { reasoningTokens }),
    ...(before.costUsd !== undefined &&
      after.costUsd !== undefined && { costUsd: sumOrNull(before.costUsd, after.costUsd) }),
    ...((before.estimated || after.estimated) && { estimated: true }),
  };
}

function sumOrNull(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : before + after;
}
