import type { LanguageModelUsage } from 'ai';
import type { TokenUsage } from '../turn/turn-runner.ts';

/** The sum over a turn's steps; undefined when no step told its usage. */
export function totalUsage(steps: readonly LanguageModelUsage[]): TokenUsage | undefined {
  const inputTokens = sum(steps.map((usage) => usage.inputTokens));
  const outputTokens = sum(steps.map((usage) => usage.outputTokens));
  if (inputTokens === undefined && outputTokens === undefined) return undefined;
  const cachedInputTokens = sum(steps.map((usage) => usage.inputTokenDetails.cacheReadTokens));
  const reasoningTokens = sum(steps.map((usage) => usage.outputTokenDetails.reasoningTokens));
  return {
    inputTokens: inputTokens ?? 0,
    outputTokens: outputTokens ?? 0,
    totalTokens: (inputTokens ?? 0) + (outputTokens ?? 0),
    ...(cachedInputTokens !== undefined && { cachedInputTokens }),
    ...(reasoningTokens !== undefined && { reasoningTokens }),
  };
}

function sum(counts: (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, count) => total + count, 0);
}
