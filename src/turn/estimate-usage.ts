import type { UIMessage } from 'ai';
import type { HeldTurn } from '../journal/turn-journal.ts';
import type { TokenUsage } from './turn-runner.ts';

/** Four characters a token is the usual rule for English text; other scripts have fewer. */
const CHARACTERS_A_TOKEN = 4;

/** Usage of a turn whose provider told none, because it was stopped or broke off. Marked as an estimate. */
export function estimateUsage(held: HeldTurn, answer: UIMessage | null): TokenUsage {
  const asked = [...held.history, held.userMessage].map(({ message }) => message);
  const inputTokens = tokensOf(asked);
  const outputTokens = answer ? tokensOf([answer]) : 0;
  return { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens, estimated: true };
}

function tokensOf(messages: readonly UIMessage[]): number {
  const characters = messages
    .flatMap(({ parts }) => parts)
    .map((part) => ('text' in part && typeof part.text === 'string' ? part.text.length : 0))
    .reduce((total, length) => total + length, 0);
  return Math.ceil(characters / CHARACTERS_A_TOKEN);
}
