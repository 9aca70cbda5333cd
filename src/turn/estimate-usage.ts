import type { UIMessage, UIMessageChunk } from 'ai';
import type { HeldTurn } from '../journal/turn-journal.ts';
import { selectWindow } from '../memory/select-window.ts';
import { addUsage } from './add-usage.ts';
import type { ChunkLog } from './chunk-log.ts';
import type { TokenUsage } from './turn-runner.ts';

/** Four characters a token is the usual rule for English text; other scripts have fewer. */
const CHARACTERS_A_TOKEN = 4;

interface Step {
  characters: number;
  finished: boolean;
  inherited: boolean;
}

/**
 * Usage of the steps whose provider told none, counted from the text and marked as an estimate: they were stopped or broke off, or their
 * producer died with what it knew. Undefined when there is no such step. `told`: this producer's provider told what finished steps used.
 */
export function estimateUsage(held: HeldTurn, log: ChunkLog, told: boolean): TokenUsage | undefined {
  let before = charactersOf(windowOf(held)) + (held.options.instruction ?? held.session.systemPrompt ?? '').length;
  let usage: TokenUsage | undefined;
  for (const { characters, finished, inherited } of stepsOf(log)) {
    // What was used before the turn waited for a person has been told, or counted, then.
    const known = inherited ? held.spent !== null : finished && told;
    if (!known && characters > 0) usage = addUsage(usage ?? null, estimate(before, characters));
    if (finished) before += characters;
  }
  return usage;
}

function windowOf({ history, userMessage, options, session, recollection }: HeldTurn): UIMessage[] {
  const limits = { messages: options.memoryLimit ?? session.memoryLimit, tokens: Infinity };
  const { messages } = selectWindow(history, limits, options.memoryLimit ? null : (recollection?.place ?? null));
  return [...messages, userMessage].map(({ message }) => message);
}

function estimate(asked: number, said: number): TokenUsage {
  const inputTokens = Math.ceil(asked / CHARACTERS_A_TOKEN);
  const outputTokens = Math.ceil(said / CHARACTERS_A_TOKEN);
  return { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens, estimated: true };
}

/** Every call of a model that the turn has shown something of, also those that were begun again. */
function stepsOf({ chunks, inherited }: ChunkLog): Step[] {
  const steps: Step[] = [];
  for (const [index, chunk] of chunks.entries()) {
    if (chunk.type === 'start-step' || chunk.type === 'reset-step') {
      steps.push({ characters: 0, finished: false, inherited: index < inherited });
    }
    const step = steps.at(-1);
    if (!step) continue;
    if (chunk.type === 'finish-step') step.finished = true;
    step.characters += charactersSaid(chunk);
  }
  return steps;
}

function charactersSaid(chunk: UIMessageChunk): number {
  if (chunk.type === 'text-delta' || chunk.type === 'reasoning-delta') return chunk.delta.length;
  if (chunk.type === 'tool-input-available') return JSON.stringify(chunk.input ?? null).length;
  return 0;
}

function charactersOf(messages: readonly UIMessage[]): number {
  return messages
    .flatMap(({ parts }) => parts)
    .map((part) => ('text' in part && typeof part.text === 'string' ? part.text.length : 0))
    .reduce((total, length) => total + length, 0);
}
