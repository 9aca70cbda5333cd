import type { UIMessageChunk } from 'ai';

type FinishChunk = Extract<UIMessageChunk, { type: 'finish' }>;

/** The chunks of one turn in an order that every client can end on. */
export interface ProperChunks {
  /** Passes a chunk on, except for the last one: how the turn ends is for the others to say. */
  pass(chunk: UIMessageChunk): void;
  finish(chunk: FinishChunk): void;
  /** Tells the failure unless an error was passed on already. */
  fail(errorText: string): void;
  abort(): void;
}

/**
 * Exactly one `start`, and one `finish` or `abort` at the end, whatever comes in between; text and reasoning that are still open
 * are closed before, and so is the step. Tool calls stay as they are: one without a result never becomes part of a prompt.
 */
export function properChunks(messageId: string, emit: (chunk: UIMessageChunk) => void): ProperChunks {
  const openParts = new Map<string, 'text-end' | 'reasoning-end'>();
  let started = false;
  let inStep = false;
  let toldError = false;

  const start = (chunk: UIMessageChunk = { type: 'start', messageId }): void => {
    if (started) return;
    started = true;
    emit(chunk);
  };
  const closeParts = (): void => {
    for (const [id, type] of openParts) emit({ type, id });
    openParts.clear();
  };
  const closeStep = (): void => {
    if (inStep) emit({ type: 'finish-step' });
    inStep = false;
  };

  return {
    pass(chunk) {
      if (chunk.type === 'finish' || chunk.type === 'abort') return;
      if (chunk.type === 'start') return start(chunk);
      start();
      if (chunk.type === 'text-start') openParts.set(chunk.id, 'text-end');
      if (chunk.type === 'reasoning-start') openParts.set(chunk.id, 'reasoning-end');
      if (chunk.type === 'text-end' || chunk.type === 'reasoning-end') openParts.delete(chunk.id);
      if (chunk.type === 'start-step') inStep = true;
      if (chunk.type === 'finish-step') inStep = false;
      if (chunk.type === 'error') {
        closeParts();
        toldError = true;
      }
      emit(chunk);
    },
    finish(chunk) {
      start();
      closeParts();
      closeStep();
      emit(chunk);
    },
    fail(errorText) {
      start();
      closeParts();
      if (!toldError) emit({ type: 'error', errorText });
      closeStep();
      emit({ type: 'finish', finishReason: 'error' });
    },
    abort() {
      start();
      closeParts();
      emit({ type: 'abort' });
    },
  };
}
