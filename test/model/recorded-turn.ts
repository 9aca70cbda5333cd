import type { UIMessageChunk } from 'ai';
import type { ModelCandidate } from '../../src/model/model-catalogue.ts';
import type { TurnInput, TurnOutcome, TurnRunner } from '../../src/turn/turn-runner.ts';

export interface RecordedTurn {
  outcome: Promise<TurnOutcome>;
  /** Grows while the turn runs. */
  chunks: UIMessageChunk[];
  /** Resolves when a chunk was emitted that `brief` or, with the text before it, `briefly` writes so. */
  emitted(line: string): Promise<void>;
  stop(): void;
}

type Changes = Partial<Omit<TurnInput, 'models' | 'signal' | 'emit'>> & { text?: string };

/** Runs a turn that says "hi", without tools, and keeps what it emits. */
export function recordTurn(
  runner: TurnRunner,
  models: readonly [ModelCandidate, ...ModelCandidate[]],
  { text = 'hi', ...changes }: Changes = {},
): RecordedTurn {
  const controller = new AbortController();
  const chunks: UIMessageChunk[] = [];
  const waiting: { line: string; resolve: () => void }[] = [];
  const outcome = runner.run({
    instructions: undefined,
    messages: [{ role: 'user', content: text }],
    tools: {},
    toolChoice: undefined,
    needsApproval: () => false,
    isWaiting: () => false,
    maxSteps: 5,
    mayGoOn: () => Promise.resolve(true),
    settings: {},
    messageId: 'msg_1',
    ...changes,
    models,
    signal: controller.signal,
    emit(chunk) {
      chunks.push(chunk);
      for (const { line, resolve } of waiting) if ([brief(chunk), briefly(chunks).at(-1)].includes(line)) resolve();
    },
  });
  return {
    outcome,
    chunks,
    emitted: (line) => new Promise((resolve) => waiting.push({ line, resolve })),
    stop: () => controller.abort('stopped'),
  };
}

/** A chunk in one line: its type, and what it says. */
export function brief(chunk: UIMessageChunk): string {
  return [chunk.type, ...wordsOf(chunk)].join(' ');
}

/** What a turn emitted in lines, with neighbouring pieces of text joined: how many there are depends on what arrived together. */
export function briefly(chunks: readonly UIMessageChunk[]): string[] {
  const joined: UIMessageChunk[] = [];
  for (const chunk of chunks) {
    const last = joined.at(-1);
    if (chunk.type === 'text-delta' && last?.type === 'text-delta')
      joined.splice(-1, 1, { ...last, delta: last.delta + chunk.delta });
    else joined.push(chunk);
  }
  return joined.map(brief);
}

function wordsOf(chunk: UIMessageChunk): (string | undefined)[] {
  if (chunk.type === 'start') return [chunk.messageId];
  if (chunk.type === 'finish') return [chunk.finishReason];
  if (chunk.type === 'text-delta' || chunk.type === 'reasoning-delta') return [chunk.delta.trimEnd()];
  if (chunk.type === 'tool-input-available') return [chunk.toolName, JSON.stringify(chunk.input)];
  if (chunk.type === 'tool-output-available') return [JSON.stringify(chunk.output)];
  return 'errorText' in chunk ? [chunk.errorText] : [];
}

export function textOf(chunks: readonly UIMessageChunk[]): string {
  return chunks.map((chunk) => (chunk.type === 'text-delta' ? chunk.delta : '')).join('');
}
